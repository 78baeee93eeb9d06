//! Responses as a transport hands them over.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Response;

use super::problem::Problem;
use crate::format::message::{Body, Reply};

impl Reply {
    pub(super) fn response(&self) -> Result<Response<Vec<u8>>, Problem> {
        let mut response = Response::builder().status(self.status);
        for (name, value) in &self.headers {
            response = response.header(name, value);
        }
        let body = match &self.body {
            None => Vec::new(),
            Some(Body::Json(value)) => serde_json::to_vec(value).map_err(Problem::case)?,
            Some(Body::Text(text)) => text.clone().into_bytes(),
            Some(Body::Base64(text)) => STANDARD.decode(text).map_err(Problem::case)?,
        };
        response.body(body).map_err(Problem::case)
    }
}
