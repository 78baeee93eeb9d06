//! The job against a sandbox: an account is connected, and the platform is busy for a second.

use std::error::Error;
use std::io;
use std::time::{Duration, SystemTime};

use example_cron::{POLICY, run};
use http::StatusCode;
use your_moms_core::{Credentials, Platform, Registration};
use your_moms_sandbox::{Call, Fault, Noun, Sandbox, Server};

fn main() -> Result<(), Box<dyn Error>> {
    let server = Server::start(Sandbox::new(1))?;
    let account = server.sandbox().credentials().clone();
    let application = server.sandbox().client("instagram").cloned().ok_or("no such connector")?;

    let credentials = Credentials::new(account.user_secret, account.organization_secret)?;
    let platform = Platform::new(&server.base_url(Noun::YourMom), credentials)?;
    let client = your_moms_ureq::client(platform).with_retries(POLICY);
    let callback = "http://127.0.0.1:8080/callback";
    let registration = Registration::new("instagram", application.api_key, application.api_secret, callback)?;

    let (url, pending) = client.authorize(&registration, SystemTime::now())?;
    let redirect = server.transport().allow(url.expose())?;
    let create = pending.verify(&redirect, SystemTime::now())?.create(&registration)?;
    let instance = client.create(&create)?;

    let busy =
        Fault::Status { status: StatusCode::TOO_MANY_REQUESTS, retry_after: Some(Duration::from_secs(1)) };
    server.sandbox().fail_next(Call::Resource, busy);
    let count = run(&client, instance.token(), &mut io::stdout().lock())?;
    eprintln!("{count} media, after a second that the platform asked for");
    Ok(())
}
