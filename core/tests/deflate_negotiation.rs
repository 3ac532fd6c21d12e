//! The parameters of permessage-deflate as both ends negotiate them (RFC 7692 §7.1), through whole heads.

use crate::telling;
use ws101_core::Role;
use ws101_core::deflate::{Acceptor, Agreement, Context, Offer, Offers, WindowBits};
use ws101_core::handshake::{
    ClientRequest, HandshakeError, HandshakeViolation as V, Key, OriginPolicy, ServerResponse, UpgradeRequest,
};

const NONCE: [u8; 16] = *b"the sample nonce";

fn bits(bits: u8) -> WindowBits {
    WindowBits::new(bits).unwrap()
}

/// What a server that wants `acceptor` answers to a field with this value.
fn accept(acceptor: Acceptor, offered: &str) -> Option<(Agreement, String)> {
    let mut head = [0; 1024];
    let request = ClientRequest::new("example.com", "/", Key::from_nonce(NONCE)).extensions(offered);
    let length = request.write(&mut head).unwrap();
    let request = UpgradeRequest::verify(&head[..length], OriginPolicy::Any).unwrap();
    let accepted = acceptor.accept(request.extensions())?;
    let mut out = [0; 1024];
    let response = request.response().extensions(accepted.answer());
    assert!(response.write(&mut out).is_ok(), "{}", accepted.answer());
    Some((accepted.agreement(), accepted.answer().to_owned()))
}

fn answer(acceptor: Acceptor, offered: &str) -> Option<String> {
    accept(acceptor, offered).map(|(_, answer)| answer)
}

/// What a client that offered `offers` makes of a response with these values of the field.
fn judge_fields(offers: Offers, fields: &[&str]) -> Result<Option<Agreement>, (V, String)> {
    let text = offers.field_value();
    let key = Key::from_nonce(NONCE);
    let request = ClientRequest::new("example.com", "/", key).extensions(text.as_str());
    let mut head = format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {}\r\n",
        key.accept().as_str(),
    );
    for field in fields {
        head.extend(["sec-websocket-extensions: \t", field, "\r\nX: y\r\n"]);
    }
    head += "\r\n";
    let response: ServerResponse = request.verify_response(head.as_bytes()).unwrap();
    telling::of_response(head.as_bytes(), &request, Some(offers));
    offers.judge(response.extensions()).map_err(|HandshakeError { violation, at }| {
        (violation, String::from_utf8(at.of(head.as_bytes()).to_vec()).unwrap())
    })
}

fn judge(offers: Offers, field: &str) -> Result<Option<Agreement>, V> {
    judge_fields(offers, &[field]).map_err(|(violation, _)| violation)
}

#[test]
fn a_server_takes_what_it_can_and_answers_what_it_must() {
    let any = Acceptor::new();
    let small = Acceptor::new().server_max_window_bits(bits(10)).client_max_window_bits(bits(11));
    let forgetful = Acceptor::new().server_no_context_takeover().client_no_context_takeover();
    for (acceptor, offered, expected) in [
        (any, "permessage-deflate", Some("permessage-deflate")),
        (any, "permessage-deflate; client_max_window_bits", Some("permessage-deflate")),
        (any, "permessage-deflate; client_max_window_bits=15", Some("permessage-deflate")),
        (any, "permessage-deflate; client_max_window_bits=9", Some("permessage-deflate; client_max_window_bits=9")),
        (any, "permessage-deflate; server_max_window_bits=15", Some("permessage-deflate; server_max_window_bits=15")),
        (any, "permessage-deflate; server_max_window_bits=8", Some("permessage-deflate; server_max_window_bits=8")),
        (
            any,
            "permessage-deflate; server_max_window_bits=\"10\"",
            Some("permessage-deflate; server_max_window_bits=10"),
        ),
        (any, "permessage-deflate; server_no_context_takeover", Some("permessage-deflate; server_no_context_takeover")),
        (any, "permessage-deflate; client_no_context_takeover", Some("permessage-deflate; client_no_context_takeover")),
        (small, "permessage-deflate", Some("permessage-deflate; server_max_window_bits=10")),
        (
            small,
            "permessage-deflate; server_max_window_bits=9; client_max_window_bits",
            Some("permessage-deflate; server_max_window_bits=9; client_max_window_bits=11"),
        ),
        (
            small,
            "permessage-deflate;client_max_window_bits=12;server_max_window_bits=12",
            Some("permessage-deflate; server_max_window_bits=10; client_max_window_bits=11"),
        ),
        (
            forgetful,
            "permessage-deflate",
            Some("permessage-deflate; server_no_context_takeover; client_no_context_takeover"),
        ),
        (any, "x-webkit-deflate-frame", None),
        (any, "Permessage-Deflate", None),
        (any, "other; permessage-deflate=1", None),
    ] {
        assert_eq!(answer(acceptor, offered).as_deref(), expected, "{offered}");
    }
    assert!(accept(any, "").is_none());
}

#[test]
fn a_server_declines_what_is_invalid_and_goes_on_to_the_next() {
    let values = ["7", "16", "0", "00", "010", "08", "1", "1x", "+9", "8.0", "-8", "150", "x", "٩"];
    let mut invalid: Vec<String> = Vec::new();
    for name in ["server_max_window_bits", "client_max_window_bits"] {
        // A value that is no token breaks the grammar, which is the handshake's matter.
        invalid.extend(values.iter().filter(|value| value.is_ascii()).map(|value| format!("{name}={value}")));
        invalid.push(format!("{name}=\"16\""));
        invalid.push(format!("{name}=10; {name}=10"));
        invalid.push(format!("{name}=10; {name}=11"));
    }
    invalid.push("server_max_window_bits".to_owned());
    invalid.push("client_max_window_bits; client_max_window_bits".to_owned());
    invalid.push("client_max_window_bits; client_max_window_bits=9".to_owned());
    for name in ["server_no_context_takeover", "client_no_context_takeover"] {
        invalid.push(format!("{name}=1"));
        invalid.push(format!("{name}=true"));
        invalid.push(format!("{name}; {name}"));
    }
    invalid.push("unknown".to_owned());
    invalid.push("unknown=9".to_owned());
    invalid.push("Server_no_context_takeover".to_owned());
    for parameters in &invalid {
        let any = Acceptor::new();
        assert_eq!(answer(any, &format!("permessage-deflate; {parameters}")), None, "{parameters}");
        let fallback = format!("permessage-deflate; {parameters}, other, permessage-deflate; server_max_window_bits=9");
        assert_eq!(
            answer(any, &fallback).as_deref(),
            Some("permessage-deflate; server_max_window_bits=9"),
            "{parameters}"
        );
    }
}

#[test]
fn a_client_writes_its_offers() {
    let whole = Offer::new()
        .server_no_context_takeover()
        .client_no_context_takeover()
        .server_max_window_bits(bits(15))
        .client_max_window_bits(Some(bits(15)));
    let text = "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=15; \
        client_max_window_bits=15";
    assert_eq!(Offers::new([Offer::new()]).field_value().as_str(), "permessage-deflate");
    assert_eq!(Offers::new([whole]).field_value().as_str(), text);
    // The longest that there can be fits.
    assert_eq!(Offers::new([whole; 4]).field_value().as_str(), [text; 4].join(", "));
    for size in 8..=15 {
        let offer = Offer::new().client_max_window_bits(Some(bits(size)));
        let expected = format!("permessage-deflate; client_max_window_bits={size}");
        assert_eq!(Offers::new([offer]).field_value().to_string(), expected);
    }
    assert_eq!(WindowBits::new(7), None);
    assert_eq!(WindowBits::new(16), None);
}

#[test]
fn a_client_takes_the_answers_that_fit() {
    let plain = Offers::new([Offer::new()]);
    let default = Agreement::default();
    assert_eq!(judge_fields(plain, &[]), Ok(None));
    assert_eq!(judge(plain, "permessage-deflate"), Ok(Some(default)));
    // A server may limit itself without having been asked, and the client's context.
    let asked = "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=8";
    let agreed = Agreement {
        server_no_context_takeover: true,
        client_no_context_takeover: true,
        server_max_window_bits: bits(8),
        ..default
    };
    assert_eq!(judge(plain, asked), Ok(Some(agreed)));

    let any = Offers::new([Offer::new().client_max_window_bits(None)]);
    assert_eq!(judge(any, "permessage-deflate"), Ok(Some(default)));
    let agreed = Agreement { client_max_window_bits: bits(9), ..default };
    assert_eq!(judge(any, "permessage-deflate; client_max_window_bits=\"9\""), Ok(Some(agreed)));

    // What the offer says of its own side holds even if the answer passes it over.
    let promised = Offers::new([Offer::new().client_no_context_takeover().client_max_window_bits(Some(bits(10)))]);
    let agreed = Agreement { client_no_context_takeover: true, client_max_window_bits: bits(10), ..default };
    assert_eq!(judge(promised, "permessage-deflate"), Ok(Some(agreed)));
    let agreed = Agreement { client_max_window_bits: bits(8), ..agreed };
    assert_eq!(judge(promised, "permessage-deflate; client_max_window_bits=8"), Ok(Some(agreed)));
}

#[test]
fn a_client_names_the_rule_that_an_answer_breaks() {
    let plain = Offers::new([Offer::new()]);
    let asking = Offers::new([Offer::new()
        .server_no_context_takeover()
        .server_max_window_bits(bits(10))
        .client_max_window_bits(Some(bits(10)))]);
    let fits = "permessage-deflate; server_no_context_takeover; server_max_window_bits=10";
    assert!(judge(asking, fits).is_ok());
    for (offers, field, violation, at) in [
        (plain, "permessage-deflate; x=1", V::DeflateParameterUnknown, "x=1"),
        (plain, "permessage-deflate ;\tx", V::DeflateParameterUnknown, "x"),
        (
            plain,
            "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
            V::DeflateParameterDuplicate,
            "server_no_context_takeover",
        ),
        (
            plain,
            "permessage-deflate; server_max_window_bits=9; server_max_window_bits= \"9\" ",
            V::DeflateParameterDuplicate,
            "server_max_window_bits= \"9\"",
        ),
        (
            plain,
            "permessage-deflate; client_no_context_takeover = 1",
            V::DeflateParameterValue,
            "client_no_context_takeover = 1",
        ),
        (plain, "permessage-deflate; server_max_window_bits", V::DeflateParameterValue, "server_max_window_bits"),
        (plain, "permessage-deflate; server_max_window_bits=7", V::DeflateParameterValue, "server_max_window_bits=7"),
        (plain, "permessage-deflate; server_max_window_bits=16", V::DeflateParameterValue, "server_max_window_bits=16"),
        (plain, "permessage-deflate; server_max_window_bits=08", V::DeflateParameterValue, "server_max_window_bits=08"),
        (
            plain,
            "permessage-deflate; client_max_window_bits=9",
            V::DeflateClientBitsNotOffered,
            "permessage-deflate; client_max_window_bits=9",
        ),
        (
            asking,
            "permessage-deflate; client_max_window_bits",
            V::DeflateParameterValue,
            "permessage-deflate; client_max_window_bits",
        ),
        (asking, "permessage-deflate", V::DeflateServerTakeover, "permessage-deflate"),
        (
            asking,
            "permessage-deflate; server_no_context_takeover",
            V::DeflateServerBits,
            "permessage-deflate; server_no_context_takeover",
        ),
        (
            asking,
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=11",
            V::DeflateServerBits,
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=11",
        ),
        (
            asking,
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=10; client_max_window_bits=11",
            V::DeflateClientBits,
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=10; client_max_window_bits=11",
        ),
        (
            plain,
            "permessage-deflate, permessage-deflate; server_max_window_bits=9",
            V::DeflateDuplicate,
            "permessage-deflate; server_max_window_bits=9",
        ),
    ] {
        assert_eq!(judge_fields(offers, &[field]), Err((violation, at.to_owned())), "{field}");
        assert!(violation.status_code().is_none());
    }
    // The second may stand in a field of its own.
    let second = judge_fields(plain, &["permessage-deflate", "permessage-deflate;x"]);
    assert_eq!(second, Err((V::DeflateDuplicate, "permessage-deflate;x".to_owned())));
}

#[test]
fn an_answer_must_fit_one_offer_of_the_list() {
    let small = Offer::new().server_max_window_bits(bits(10));
    let forgetful = Offer::new().server_no_context_takeover().client_max_window_bits(None);
    let offers = Offers::new([small, forgetful]);
    let default = Agreement::default();
    let agreed = Agreement { server_max_window_bits: bits(9), ..default };
    assert_eq!(judge(offers, "permessage-deflate; server_max_window_bits=9"), Ok(Some(agreed)));
    let agreed = Agreement { server_no_context_takeover: true, client_max_window_bits: bits(9), ..default };
    let field = "permessage-deflate; server_no_context_takeover; client_max_window_bits=9";
    assert_eq!(judge(offers, field), Ok(Some(agreed)));
    // It fits none: parts of one and parts of the other.
    assert_eq!(judge(offers, "permessage-deflate"), Err(V::DeflateServerTakeover));
    let mixed = "permessage-deflate; server_max_window_bits=10; client_max_window_bits=9";
    assert_eq!(judge(offers, mixed), Err(V::DeflateServerTakeover));

    // It fits several: what each of them says of the client's own side is kept to.
    let offers =
        Offers::new([Offer::new().client_max_window_bits(Some(bits(12))), Offer::new().client_no_context_takeover()]);
    let agreed = Agreement { client_no_context_takeover: true, client_max_window_bits: bits(12), ..default };
    assert_eq!(judge(offers, "permessage-deflate"), Ok(Some(agreed)));
}

#[test]
fn both_ends_agree_on_the_same() {
    let offers = (0..32_u8).map(|choice| {
        let mut offer = Offer::new();
        if choice & 1 != 0 {
            offer = offer.server_no_context_takeover();
        }
        if choice & 2 != 0 {
            offer = offer.client_no_context_takeover();
        }
        if choice & 4 != 0 {
            offer = offer.server_max_window_bits(bits(8 + choice / 8));
        }
        match choice / 8 {
            0 => offer,
            1 => offer.client_max_window_bits(None),
            more => offer.client_max_window_bits(Some(bits(7 + more))),
        }
    });
    for offer in offers {
        let offers = Offers::new([offer]);
        for acceptor in [
            Acceptor::new(),
            Acceptor::new().server_no_context_takeover(),
            Acceptor::new().client_no_context_takeover(),
            Acceptor::new().server_max_window_bits(bits(9)).client_max_window_bits(bits(8)),
        ] {
            let (agreement, answer) = accept(acceptor, offers.field_value().as_str()).unwrap();
            assert_eq!(judge(offers, &answer), Ok(Some(agreement)), "{offer:?} {acceptor:?}");
        }
    }
}

#[test]
fn each_direction_has_its_context() {
    let agreement = Agreement {
        server_no_context_takeover: true,
        client_no_context_takeover: false,
        server_max_window_bits: bits(9),
        client_max_window_bits: bits(14),
    };
    let server = Context { no_context_takeover: true, max_window_bits: bits(9) };
    let client = Context { no_context_takeover: false, max_window_bits: bits(14) };
    assert_eq!((agreement.sent_by(Role::Server), agreement.received_by(Role::Client)), (server, server));
    assert_eq!((agreement.sent_by(Role::Client), agreement.received_by(Role::Server)), (client, client));
}
