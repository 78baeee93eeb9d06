//! `Retry-After`: how long a response may make a program wait.

use std::time::Duration;

use http::Response;
use your_moms_core::{Exchange, GetInstance, Machine as _, Operation as _, RetryPolicy, Step};

use crate::message::Message;
use crate::platform::platform;

/// Whatever the headers say, the wait is what an independent reading gives, and never longer than the policy's cap.
pub fn read(data: &[u8]) {
    let message = Message::read(data);
    for status in [429, 503, 500] {
        let mut response = Response::builder().status(status);
        for (name, value) in &message.headers {
            response = response.header(*name, *value);
        }
        let Ok(response) = response.body(message.body.to_vec()) else { return };
        let borrowed = Response::from_parts(response.clone().into_parts().0, response.body().as_slice());
        let error = GetInstance::parse(borrowed).expect_err("a refusal was taken for an instance");
        assert_eq!(error.retry_after(), expected(&response), "another wait");
        wait(response, error.retry_after());
    }
}

fn wait(response: Response<Vec<u8>>, asked: Option<Duration>) {
    let operation = GetInstance::new(123);
    let policy = RetryPolicy::default();
    let limited = response.status() != 500;
    let exchange = Exchange::new(&operation, &platform("https://api.example"), policy);
    let Step::Send(_, awaiting) = exchange.step() else { panic!("nothing is sent") };
    match awaiting.receive(Ok(response)) {
        Step::Wait(wait, _) => {
            assert!(wait <= policy.cap, "longer than the cap");
            if let Some(asked) = asked.filter(|_| limited) {
                assert_eq!(wait, asked, "not as long as was asked");
            }
        }
        Step::Done(result) => {
            assert!(result.is_err());
            assert!(asked.is_some_and(|asked| asked > policy.cap), "given up too early");
        }
        Step::Send(..) => panic!("sent again at once"),
    }
}

/// RFC 9110 §10.2.3, read once more: seconds, or a date beside the response's own.
fn expected(response: &Response<Vec<u8>>) -> Option<Duration> {
    let text = |name| response.headers().get(name)?.to_str().ok();
    let asked: &str = text("retry-after")?.trim_matches([' ', '\t']);
    if asked.chars().all(|c| c.is_ascii_digit()) && !asked.is_empty() {
        let seconds = asked.chars().fold(0u64, |sum, digit| {
            sum.saturating_mul(10).saturating_add(u64::from(digit.to_digit(10).unwrap_or_default()))
        });
        return Some(Duration::from_secs(seconds));
    }
    let until: httpdate::HttpDate = asked.parse().ok()?;
    let now: httpdate::HttpDate = text("date")?.parse().ok()?;
    let seconds = |date| std::time::SystemTime::from(date).duration_since(std::time::UNIX_EPOCH).ok();
    Some(seconds(until)?.saturating_sub(seconds(now)?))
}
