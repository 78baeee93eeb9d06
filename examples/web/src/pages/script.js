// A picture that cannot be loaded leaves the coloured ground.
addEventListener("error", (event) => event.target instanceof HTMLImageElement && event.target.remove(), true);
for (const image of [...document.images]) if (image.complete && !image.naturalWidth) image.remove();

// While an account is on its way, asks for the list again and shows what has changed. Without JavaScript the page reloads.
const live = document.getElementById("live");

async function refresh() {
  try {
    const response = await fetch(location.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("live");
    if (!fresh) return location.reload();
    if (fresh.innerHTML !== live.innerHTML) live.replaceChildren(...fresh.childNodes);
  } catch {
    // The network is away: the next try may find it.
  }
  watch();
}

function watch() {
  if (live?.querySelector("[data-progress]")) setTimeout(refresh, 700);
}

watch();
