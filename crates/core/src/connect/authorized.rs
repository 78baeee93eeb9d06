//! A redirect that was verified with the authorization it belongs to.

use std::fmt;

use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::BuildError;
use crate::oauth::{CallbackUrl, ConnectorKey, Marker, Registration, RegistrationId, marker_text};
use crate::operations::{CreateInstance, InstanceTarget, StartedOn, UpdateInstance};
use crate::privacy::{Secret, Unquoted};
use crate::text::Version;

/// The user granted access: a redirect that was verified with its authorization, and the code that it brought.
///
/// It has no `Serialize`, because it holds the code. To hand it to another process, a queue for example, store
/// [`expose`](Self::expose), encrypted, and read it back with `Authorized::deserialize`. A queue may deliver it twice: store the
/// [record](CreateInstance::record) before the creation is sent, and where there is one already, do not create but
/// [`recover`](crate::Client::recover).
///
/// ```compile_fail,E0277
/// # fn f(authorized: your_moms_core::Authorized) {
/// let _ = serde_json::to_string(&authorized);
/// # }
/// ```
///
/// It comes from its own pending authorization, finishes that one and no other, and is used up by it:
///
/// ```compile_fail,E0599
/// # fn f(other: your_moms_core::PendingAuthorization, registration: &your_moms_core::Registration) {
/// let _ = other.create(registration); // without a redirect that was verified
/// # }
/// ```
/// ```compile_fail,E0382
/// # fn f(authorized: your_moms_core::Authorized, registration: &your_moms_core::Registration) {
/// let _ = authorized.create(registration);
/// let _ = authorized.create(registration);
/// # }
/// ```
pub struct Authorized {
    registration: RegistrationId,
    started_on: StartedOn,
    marker: Marker,
    parameters: Vec<(String, Secret)>,
}

impl Authorized {
    pub(super) fn new(
        registration: RegistrationId,
        started_on: StartedOn,
        marker: Marker,
        parameters: Vec<(String, Secret)>,
    ) -> Self {
        Self { registration, started_on, marker, parameters }
    }

    /// The connector.
    pub fn connector(&self) -> &ConnectorKey {
        &self.registration.connector
    }

    /// Where the redirect arrived: the callback URL that the registration needs, in a process that does not know it.
    pub fn callback_url(&self) -> &CallbackUrl {
        &self.registration.callback_url
    }

    /// The creation of the instance. It is built for the platform of the first step alone, so a code reaches nobody else
    /// (RFC 9700 §4.4).
    ///
    /// # Errors
    /// [`BuildError::OtherRegistration`] unless connector, API key and callback URL are those of the first step. The secret may
    /// have been rotated since.
    pub fn create(self, registration: &Registration) -> Result<CreateInstance, BuildError> {
        self.check(registration)?;
        Ok(CreateInstance::new(self.registration.connector, self.marker)
            .started_on(self.started_on)
            .authorized(registration, self.parameters))
    }

    /// Authorizes an instance anew in place: its token stays valid. `instance` is its number, its token, or the
    /// [`Instance`](crate::Instance); which instance of this connector it is, the application knows.
    ///
    /// Send it once. If its outcome is unknown, [`GetInstance`](crate::GetInstance) says whether the instance
    /// [is valid](crate::Instance::is_valid); if not, start again.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub fn reauthorize(
        self,
        instance: impl Into<InstanceTarget>,
        registration: &Registration,
    ) -> Result<UpdateInstance, BuildError> {
        self.check(registration)?;
        Ok(UpdateInstance::new(instance).authorized(self.started_on, registration, self.parameters))
    }

    fn check(&self, registration: &Registration) -> Result<(), BuildError> {
        if *registration.id() == self.registration { Ok(()) } else { Err(BuildError::OtherRegistration) }
    }

    /// The stored form: it holds the code, so encrypt it.
    pub fn expose(&self) -> ExposedAuthorized<'_> {
        ExposedAuthorized(self)
    }
}

/// Without the code and whatever else the redirect brought.
impl fmt::Debug for Authorized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorized")
            .field("connector", &self.registration.connector.as_str())
            .field("started_on", &self.started_on)
            .finish_non_exhaustive()
    }
}

/// The stored form of an [`Authorized`], code included; [`Authorized::expose`] makes one.
#[derive(Clone, Copy)]
pub struct ExposedAuthorized<'a>(&'a Authorized);

impl Serialize for ExposedAuthorized<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Stored<'a> {
            version: Version<1>,
            registration: &'a RegistrationId,
            started_on: &'a StartedOn,
            #[serde(serialize_with = "marker_text::serialize")]
            marker: &'a Marker,
            parameters: Vec<(&'a str, &'a str)>,
        }
        let Authorized { registration, started_on, marker, parameters } = self.0;
        let parameters = parameters.iter().map(|(name, value)| (name.as_str(), value.expose())).collect();
        Stored { version: Version, registration, started_on, marker, parameters }.serialize(serializer)
    }
}

impl fmt::Debug for ExposedAuthorized<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExposedAuthorized(…)")
    }
}

impl<'de> Deserialize<'de> for Authorized {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(expecting = "an authorization")]
        struct Stored {
            #[serde(rename = "version")]
            _version: Version<1>,
            registration: RegistrationId,
            started_on: StartedOn,
            #[serde(with = "marker_text")]
            marker: Marker,
            parameters: Parameters,
        }
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Parameters {
            Read(Vec<(String, String)>),
            /// serde would quote what stands there, and it may be the code.
            Other(IgnoredAny),
        }

        let Stored { registration, started_on, marker, parameters, .. } =
            Stored::deserialize(Unquoted(deserializer))?;
        let Parameters::Read(parameters) = parameters else {
            return Err(D::Error::custom("the parameters must be pairs of texts"));
        };
        let parameters = parameters.into_iter().map(|(name, value)| (name, Secret::from(value))).collect();
        Ok(Self { registration, started_on, marker, parameters })
    }
}
