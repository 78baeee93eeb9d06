//! Flaws that come with how the client is made.

use std::env;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use http::{HeaderName, Request};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::Connect;
use hyper_util::rt::TokioExecutor;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use your_moms_core::{AsyncTransport, Reply};
use your_moms_transport_testkit::Settings;

use super::Flaw;
use super::clients::{connector, example::HyperTransport, tls};

pub(super) fn with(flaw: Flaw, settings: &Settings) -> Box<dyn AsyncTransport> {
    /// Longer than anyone waits.
    const FOREVER: Duration = Duration::from_secs(3600);
    let mut settings = settings.clone();
    let limits = &mut settings.limits;
    match flaw {
        Flaw::ReadsWithoutLimit | Flaw::ReadsAllThenCounts => limits.response_bytes = usize::MAX,
        Flaw::IgnoresTheConnectLimit => limits.connect = limits.total,
        Flaw::HasNoTimeLimit => (limits.connect, limits.total) = (FOREVER, FOREVER),
        Flaw::UsesAnyProxy => {
            if let Ok(proxy) = env::var("HTTP_PROXY") {
                settings.proxy.get_or_insert(proxy);
                // The check's proxy takes all and says nothing: there is no need to wait for long.
                limits.total = limits.total.min(Duration::from_secs(3));
            }
        }
        _ => {}
    }
    let mut tls = tls(&settings);
    if flaw == Flaw::TrustsAnyCertificate {
        trust_any(&mut tls);
    }
    let mut good = HyperTransport::new(connector(&settings, tls.clone()), settings.limits);
    let mut client = Client::builder(TokioExecutor::new());
    client.retry_canceled_requests(false);
    match flaw {
        Flaw::ReusesConnections => good.client = client.build(connector(&settings, tls)),
        Flaw::Allows20Headers => {
            client.pool_max_idle_per_host(0).http1_max_headers(20);
            good.client = client.build(connector(&settings, tls));
        }
        Flaw::MergesTrailers => return Box::new(MergesTrailers(good)),
        _ => {}
    }
    Box::new(good)
}

struct MergesTrailers<C>(HyperTransport<C>);

#[async_trait]
impl<C: Connect + Clone + Send + Sync + 'static> AsyncTransport for MergesTrailers<C> {
    async fn send(&self, request: Request<Vec<u8>>) -> Reply {
        let mut response = self.0.exchange(request).await?;
        let mut last = None::<HeaderName>;
        for (name, value) in response.body().trailers().cloned().unwrap_or_default() {
            last = name.or(last);
            response.headers_mut().append(last.clone().unwrap(), value);
        }
        Ok(response.map(|body| body.to_bytes().into()))
    }
}

fn trust_any(tls: &mut ClientConfig) {
    let provider = Arc::new(ring::default_provider());
    tls.dangerous().set_certificate_verifier(Arc::new(TrustsAny(provider)));
}

#[derive(Debug)]
struct TrustsAny(Arc<CryptoProvider>);

impl ServerCertVerifier for TrustsAny {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
