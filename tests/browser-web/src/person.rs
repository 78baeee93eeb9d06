//! What a person does.

use your_moms_browser_tests::{Browser, Failed, Outcome};

/// Somebody with an account of the application's.
pub(crate) trait Person {
    /// Makes a local account and signs in with it.
    async fn sign_up(&self, url: &str, name: &str) -> Outcome;

    /// Signs in with the account that [`sign_up`](Self::sign_up) made.
    async fn sign_in(&self, url: &str, name: &str) -> Outcome;

    /// Goes to the provider's consent page.
    async fn ask_for(&self, service: &str) -> Outcome;

    /// Connects an account, and waits until it is there.
    async fn connect(&self, service: &str) -> Outcome;

    /// Opens the page of the only account, or of the first.
    async fn open_account(&self, url: &str) -> Result<String, Failed>;
}

impl Person for Browser {
    async fn sign_up(&self, url: &str, name: &str) -> Outcome {
        self.go(&format!("{url}/")).await?;
        self.fill("#username", name).await?;
        self.fill("#password", &format!("{name}, nine long words")).await?;
        self.click("#sign-up").await?;
        self.find("#connect-instagram").await.map(drop)
    }

    async fn sign_in(&self, url: &str, name: &str) -> Outcome {
        self.go(&format!("{url}/")).await?;
        self.fill("#username", name).await?;
        self.fill("#password", &format!("{name}, nine long words")).await?;
        self.click("#sign-in").await?;
        self.find("#connect-instagram").await.map(drop)
    }

    async fn ask_for(&self, service: &str) -> Outcome {
        self.click(&format!("#connect-{service}")).await?;
        self.find("button[value=allow]").await.map(drop)
    }

    async fn connect(&self, service: &str) -> Outcome {
        self.ask_for(service).await?;
        self.allow().await?;
        self.find("[data-account]").await.map(drop)
    }

    async fn open_account(&self, url: &str) -> Result<String, Failed> {
        self.go(&format!("{url}/accounts")).await?;
        let id = self.attribute("[data-account]", "data-account").await?.ok_or("an account has an id")?;
        self.go(&format!("{url}/accounts/{id}")).await?;
        self.find("#disconnect").await?;
        Ok(id)
    }
}
