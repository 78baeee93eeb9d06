//! Serves a sandbox until Enter is pressed, and prints what is needed to try it by hand. Every argument is one more account
//! at the providers.

use std::io;

use your_moms_sandbox::{Noun, Sandbox, Server};

fn main() -> io::Result<()> {
    let mut sandbox = Sandbox::new(1);
    std::env::args().skip(1).for_each(|account| sandbox.add_provider_account(&account));
    let server = Server::start(sandbox)?;
    let sandbox = server.sandbox();
    println!("inspector            {}/", sandbox.origin());
    println!("base URL             {}", sandbox.base_url(Noun::YourMom));
    println!("user secret          {}", sandbox.credentials().user_secret);
    println!("organization secret  {}", sandbox.credentials().organization_secret);
    if let Some(client) = sandbox.client("instagram") {
        println!("apiKey               {}", client.api_key);
        println!("apiSecret            {}", client.api_secret);
        println!(
            "consent page         {}/provider/instagram/oauth/authorize?response_type=code&client_id={}\
             &redirect_uri=http://127.0.0.1:8080/callback&scope=basic+comments+relationships+likes&state=demo",
            sandbox.origin(),
            client.api_key
        );
    }
    drop(sandbox); // requests wait for the guard
    println!("Enter stops it.");
    io::stdin().read_line(&mut String::new())?;
    server.stop();
    Ok(())
}
