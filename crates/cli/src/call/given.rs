//! What the command line says of a call.

use std::io;

use http::Method;
use serde_json::value::RawValue;
use your_moms_core::{InstanceRequest, InstanceToken, Secret};

use crate::args::Call;
use crate::blocking;
use crate::failure::Failure;
use crate::secrets;

pub(super) struct Given {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, Secret)>,
    pub(super) body: Option<Box<RawValue>>,
}

impl Given {
    pub(super) async fn read(args: &Call) -> Result<Self, Failure> {
        let method = Method::from_bytes(args.method.to_ascii_uppercase().as_bytes())
            .map_err(|_| Failure::usage(format!("{} is not an HTTP method", args.method)))?;
        let (path, query) = args.path.split_once('?').unwrap_or((&args.path, ""));
        let mut headers = Vec::new();
        for text in &args.headers {
            headers.push(secrets::header(text).await?);
        }
        let body = match &args.data {
            Some(data) => Some(body(data).await?),
            None => None,
        };
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Ok(Self { method, path: path.to_owned(), query, headers, body })
    }

    pub(super) fn request(&self, token: &InstanceToken) -> InstanceRequest {
        let request = InstanceRequest::new(self.method.clone(), &self.path, token);
        let request =
            self.query.iter().fold(request, |request, (name, value)| request.query(name, value.as_str()));
        let headers = self.headers.iter();
        let request = headers.fold(request, |request, (name, value)| request.header(name, value.expose()));
        match &self.body {
            Some(body) => request.json_body(body),
            None => request,
        }
    }

    /// The values of headers whose names say that they are secret.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        self.headers.iter().filter(|(name, _)| secrets::is_secret_header(name)).map(|(_, value)| value)
    }
}

/// The body, as it was written: numbers and the order of members stay.
async fn body(data: &str) -> Result<Box<RawValue>, Failure> {
    let cannot = |error: &io::Error| Failure::usage("the body cannot be read").because(error);
    let text = match (data, data.strip_prefix('@')) {
        ("-", _) => blocking::read_stdin().await.map_err(|error| cannot(&error))?,
        (_, Some(path)) => {
            blocking::read_file(path).await.map_err(|error| cannot(&error).note(format!("in {path}")))?
        }
        (text, None) => text.to_owned(),
    };
    // Line and column only: the parser's own error quotes the body.
    serde_json::from_str(&text).map_err(|error| {
        Failure::usage(format!("the body is not JSON: see line {}, column {}", error.line(), error.column()))
            .help("`your-moms check` says more about a file")
    })
}
