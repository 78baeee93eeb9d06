//! `rusty-s3`, which builds requests of Amazon's S3 without sending them. They are signed, and the signature is part of what
//! it costs; they are URLs, with no headers and no body.

use std::time::Duration;

use rusty_s3::{Bucket, Credentials, S3Action as _, UrlStyle};

use crate::{Case, Prepared, payload, run};

pub(crate) const CASES: [Case; 3] = [
    ("a.s3", read_with_parameters),
    ("d.s3", |_| {
        with_bucket(|bucket, credentials| bucket.put_object(Some(credentials), "instances").sign(VALID))
    }),
    ("g.s3", |_| with_bucket(|bucket, credentials| bucket.get_object(Some(credentials), OBJECT).sign(VALID))),
];

/// How long a signed URL can be used.
const VALID: Duration = Duration::from_secs(600);

const OBJECT: &str = "hubs/social/media";

fn with_bucket(sign: impl Fn(&Bucket, &Credentials) -> url::Url + 'static) -> Prepared {
    let bucket = Bucket::new(payload::BASE_URL.parse()?, UrlStyle::Path, "bucket", "eu-central-1")?;
    let credentials = Credentials::new(payload::API_KEY, payload::API_SECRET);
    Ok(run(move || Ok::<_, ()>(sign(&bucket, &credentials))))
}

fn read_with_parameters(_: usize) -> Prepared {
    with_bucket(|bucket, credentials| {
        let mut read = bucket.get_object(Some(credentials), "oauth/url");
        let query = read.query_mut();
        query.insert("apiKey", payload::API_KEY);
        query.insert("apiSecret", payload::API_SECRET);
        query.insert("callbackUrl", payload::CALLBACK_URL);
        query.insert("state", payload::STATE);
        read.sign(VALID)
    })
}
