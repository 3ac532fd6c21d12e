//! TLS, by rustls with ring.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, InvalidMessage, RootCertStore, SignatureScheme,
};

use crate::connect::arguments::TlsArguments;
use crate::connect::target::Target;

/// What is needed to open TLS connections.
pub(crate) struct Tls {
    connector: TlsConnector,
}

impl Tls {
    /// As the command line asks.
    ///
    /// # Errors
    /// What is wrong with the certificates that were to be trusted.
    pub(crate) fn new(arguments: &TlsArguments) -> Result<Self, String> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?;
        let mut config = if arguments.insecure {
            let verifier = Arc::new(AnyCertificate { provider });
            builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()
        } else {
            let roots = match &arguments.ca_file {
                Some(file) => roots_of(file)?,
                None => roots_of_the_system()?,
            };
            builder.with_root_certificates(roots).with_no_client_auth()
        };
        // The handshake is one of HTTP/1.1; a server might choose HTTP/2 otherwise.
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { connector: TlsConnector::from(Arc::new(config)) })
    }

    /// Opens TLS over a TCP connection to the target.
    ///
    /// # Errors
    /// What went wrong and what may be done.
    pub(super) async fn open(&self, tcp: TcpStream, target: &Target) -> Result<TlsStream<TcpStream>, String> {
        let name = ServerName::try_from(target.host.clone())
            .map_err(|_| format!("{} is no name that a certificate could have", target.host))?;
        self.connector.connect(name, tcp).await.map_err(|error| explain(&error, target))
    }
}

/// The version and the cipher suite that were agreed on.
pub(super) fn agreed(stream: &TlsStream<TcpStream>) -> String {
    let connection = stream.get_ref().1;
    let version = connection.protocol_version().and_then(|version| version.as_str());
    let suite = connection.negotiated_cipher_suite().and_then(|suite| suite.suite().as_str());
    [version, suite].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn roots_of(file: &Path) -> Result<RootCertStore, String> {
    let name = file.display();
    let mut roots = RootCertStore::empty();
    let certificates = CertificateDer::pem_file_iter(file).map_err(|error| format!("{name}: {error}"))?;
    for certificate in certificates {
        let certificate = certificate.map_err(|error| format!("{name}: {error}"))?;
        roots.add(certificate).map_err(|error| format!("{name}: {error}"))?;
    }
    if roots.is_empty() {
        return Err(format!("{name}: there is no certificate in it; it must hold `-----BEGIN CERTIFICATE-----`"));
    }
    Ok(roots)
}

fn roots_of_the_system() -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    // Systems carry certificates that are too old for rustls: those that it takes are enough.
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        let why = found.errors.first().map_or_else(String::new, |error| format!(": {error}"));
        return Err(format!("the system has no certificates to trust{why}; name a file of them with --ca-file"));
    }
    Ok(roots)
}

fn explain(error: &io::Error, target: &Target) -> String {
    let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) else {
        return format!("TLS failed: {error}; does the server speak TLS there? Without it, it is ws://");
    };
    let hint = match tls {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
            "nobody who is trusted signed it: name the signer's certificate with --ca-file".to_owned()
        }
        Error::InvalidCertificate(CertificateError::BadSignature) => {
            "a signer that is trusted has the right name and another key, as after it was made anew: name its present \
             certificate with --ca-file"
                .to_owned()
        }
        Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => format!("it is not for {}: connect to a name that it is for", target.host),
        Error::InvalidCertificate(
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. },
        ) => "look at its dates, and at this machine's clock".to_owned(),
        Error::InvalidCertificate(CertificateError::Other(_)) => {
            "a certificate that signs others cannot be a server's own too: make one for the server, signed by it, or \
             take it unseen with --insecure"
                .to_owned()
        }
        Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
            "the server does not speak TLS there: without TLS it is ws://".to_owned()
        }
        _ => return format!("TLS failed: {tls}"),
    };
    format!("TLS failed: {tls}; {hint}")
}

/// Takes every certificate, for those who asked for it.
#[derive(Debug)]
struct AnyCertificate {
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
