//! What a person does.

use crate::browser::Browser;
use crate::outcome::{Failed, Outcome};

impl Browser {
    /// Makes a local account and signs in with it.
    pub(crate) async fn sign_up(&self, url: &str, name: &str) -> Outcome {
        self.go(&format!("{url}/")).await?;
        self.fill("#username", name).await?;
        self.fill("#password", &format!("{name}, nine long words")).await?;
        self.click("#sign-up").await?;
        self.find("#connect-instagram").await.map(drop)
    }

    /// Signs in with the account that [`sign_up`](Self::sign_up) made.
    pub(crate) async fn sign_in(&self, url: &str, name: &str) -> Outcome {
        self.go(&format!("{url}/")).await?;
        self.fill("#username", name).await?;
        self.fill("#password", &format!("{name}, nine long words")).await?;
        self.click("#sign-in").await?;
        self.find("#connect-instagram").await.map(drop)
    }

    /// Goes to the provider's consent page.
    pub(crate) async fn ask_for(&self, service: &str) -> Outcome {
        self.click(&format!("#connect-{service}")).await?;
        self.find("button[value=allow]").await.map(drop)
    }

    pub(crate) async fn allow(&self) -> Outcome {
        self.click("button[value=allow]").await
    }

    pub(crate) async fn deny(&self) -> Outcome {
        self.click("button[value=deny]").await
    }

    /// Connects an account, and waits until it is there.
    pub(crate) async fn connect(&self, service: &str) -> Outcome {
        self.ask_for(service).await?;
        self.allow().await?;
        self.find("[data-account]").await.map(drop)
    }

    /// Opens the page of the only account, or of the first.
    pub(crate) async fn open_account(&self, url: &str) -> Result<String, Failed> {
        self.go(&format!("{url}/accounts")).await?;
        let id = self.attribute("[data-account]", "data-account").await?.ok_or("an account has an id")?;
        self.go(&format!("{url}/accounts/{id}")).await?;
        self.find("#disconnect").await?;
        Ok(id)
    }
}
