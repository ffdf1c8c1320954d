import type { Json, JsonObject } from "../json.ts";

/** One property of a trunk metabase: its type, the server's default and what else the template tells. */
export interface TrunkProperty {
  readonly type: "string" | "boolean" | "integer" | "array";
  readonly default: Json;
  readonly enum?: readonly string[];
  readonly required?: boolean;
  readonly secret?: boolean;
}

function text(fallback: string): TrunkProperty {
  return { type: "string", default: fallback };
}

function flag(fallback: boolean): TrunkProperty {
  return { type: "boolean", default: fallback };
}

function whole(fallback: number): TrunkProperty {
  return { type: "integer", default: fallback };
}

function array(...fallback: readonly string[]): TrunkProperty {
  return { type: "array", default: [...fallback] };
}

function choice(fallback: string, ...others: readonly string[]): TrunkProperty {
  return { type: "string", default: fallback, enum: [fallback, ...others] };
}

/** Properties of every kind of trunk (trunk-properties §5). */
const common: Readonly<Record<string, TrunkProperty>> = {
  trunk_label: text(""),
  trunk_enabled: flag(true),
  trunk_protocol: choice("SIP"),
  trunk_networkType: choice("IP"),
  trunk_language: text("en-US"),
  trunk_maxCallRate: text("40/5s"),
  trunk_maxDialTimeout: text("2m"),
  trunk_transport_sipDscpValue: whole(24),
  trunk_transport_tcp_connectTimeout: whole(2),
  trunk_transport_tcp_connectionIdleTimeout: whole(86_400),
  trunk_transport_retryableReasonCodes: text("500-599"),
  trunk_transport_retryableCauseCodes: text("1-5,25,27,28,31,34,38,41,42,44,46,62,63,79,91,96,97,99,100,103"),
  trunk_media_codec: array("audio/opus", "audio/pcmu", "audio/pcma"),
  trunk_media_method: text("normal"),
  trunk_media_dscpValue: whole(46),
  trunk_media_dtmf_method: text("RTP Events"),
  trunk_media_dtmf_payload: whole(101),
  trunk_media_srtpCipherSuites: array("AES_CM_128_HMAC_SHA1_80"),
  trunk_media_disconnectOnIdleRTP: flag(true),
  trunk_access_acl_allowList: array(),
  trunk_access_acl_denyList: array(),
  trunk_recording_enabled: flag(false),
  trunk_consult_recording_enabled: flag(false),
  trunk_recording_dualChannel: flag(false),
  trunk_recording_levelControlEnabled: flag(false),
  trunk_recording_externalTransfersEnabled: flag(false),
  trunk_recording_consent_required: flag(false),
  trunk_recording_audioFormat: choice("audio/PCMU", "audio/opus"),
  trunk_recording_beep_enabled: flag(false),
  trunk_recording_beep_amplitude: whole(-24),
  trunk_recording_beep_duration: whole(200),
  trunk_recording_beep_frequency: whole(1400),
  trunk_recording_beep_interval: whole(14_000),
  trunk_recording_beep_tone2_amplitude: whole(-24),
  trunk_recording_beep_tone2_frequency: whole(0),
  trunk_disallow_recording_during_hold: flag(true),
  trunk_fax_media_attributes_enabled: flag(false),
  trunk_diagnostic_capture_enabled: flag(false),
};

/** Properties of external trunks. The name of the custom header property is an assumption (trunk-properties §1). */
const external: Readonly<Record<string, TrunkProperty>> = {
  trunk_transport_protocolVariant: choice("udp", "tcp", "tls"),
  trunk_transport_serverProxyList: { type: "array", default: null, required: true },
  trunk_sip_authentication_credentials_realm: text(""),
  trunk_sip_authentication_credentials_username: text(""),
  trunk_sip_authentication_credentials_password: { ...text(""), secret: true },
  trunk_sip_conversationHeader: flag(false),
  trunk_sip_uuiEnabled: flag(false),
  trunk_sip_uuiHeader: text("User-to-User"),
  trunk_sip_uuiEncoding: choice("Hex", "Ascii"),
  trunk_sip_uuiPd: text("00"),
  trunk_sip_customHeaders: array(),
  trunk_outboundIdentity_callingName: text(""),
  trunk_outboundIdentity_callingName_overrideMethod: choice("Unassigned DID", "Always"),
  trunk_outboundIdentity_callingAddress: text(""),
  trunk_outboundIdentity_callingAddress_overrideMethod: choice("Unassigned DID", "Always"),
  trunk_outboundIdentity_callingAddress_omitPlusPrefix: flag(false),
  trunk_outboundIdentity_calledAddress_omitPlusPrefix: flag(false),
  trunk_outboundIdentity_suppress_username_if_did_available: flag(false),
  trunk_outboundIdentity_suppress_username_if_no_did: flag(false),
  trunk_calling_id_priority: array("Source", "Trunk", "Site", "Extension"),
  trunk_transfer_takeback_enabled: flag(false),
  trunk_rlt_enabled: flag(false),
};

/** What BYOC Cloud adds. */
const byoc: Readonly<Record<string, TrunkProperty>> = {
  trunk_sip_termination_uri: text(""),
  trunk_sip_routingAddress: choice("Request-URI", "To"),
  trunk_routing_inbound_dnis_enabled: flag(false),
  trunk_routing_outbound_higher_capacity: flag(true),
};

const phone: Readonly<Record<string, TrunkProperty>> = {
  trunk_transport_protocolVariant: choice("tls", "udp", "tcp"),
  trunk_sip_conversationHeader: flag(true),
  trunk_sip_maxRegistrationRate: text("600/1m"),
};

/** A trunk metabase: a template of properties, under the same id in every org (genesys-api §5.1). */
export interface Metabase {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly trunkType: "EXTERNAL" | "PHONE" | "EDGE";
  readonly properties: Readonly<Record<string, TrunkProperty>>;
}

function metabase(
  id: string,
  name: string,
  type: string,
  trunkType: Metabase["trunkType"],
  trunk: string,
  ...parts: readonly Readonly<Record<string, TrunkProperty>>[]
): Metabase {
  const properties = parts.reduce((all, part) => ({ ...all, ...part }), { trunk_type: choice(trunk), ...common });
  return { id, name, type, trunkType, properties };
}

/** The metabases of every org; the id of the BYOC PBX one is not verified. */
export const metabases: readonly Metabase[] = [
  metabase(
    ...(["external_sip_pcv_byoc_carrier.json", "Generic BYOC Carrier", "EXTERNAL_BYOC_CARRIER", "EXTERNAL"] as const),
    ...(["external.pcv.byoc.carrier", external, byoc] as const),
  ),
  metabase(
    ...(["external_sip_pcv_byoc_pbx.json", "Generic BYOC PBX", "EXTERNAL_BYOC_PBX", "EXTERNAL"] as const),
    ...(["external.pcv.byoc.pbx", external, byoc] as const),
  ),
  metabase("external_sip.json", "Generic SIP", "EXTERNAL", "EXTERNAL", "external", external),
  metabase(
    "external_sip_pcv_aws.json",
    "PureCloud Voice",
    "EXTERNAL_PCV_AWS",
    "EXTERNAL",
    "external.pcv.aws",
    external,
  ),
  metabase("phone_connections_cdm.json", "CDM SIP Phone", "STATION_CDM", "PHONE", "station.cdm", phone),
  metabase(
    "phone_connections_cdm_webrtc.json",
    "CDM WebRTC",
    "STATION_CDM_WEBRTC",
    "PHONE",
    "station.cdm.webrtc",
    phone,
  ),
  metabase("phone_connections_webrtc.json", "WebRTC Phone", "STATION", "PHONE", "station", phone),
  metabase("edge_tielines.json", "Tie", "TIE", "EDGE", "tie"),
  metabase("tie_direct.json", "Direct Tie", "TIE_DIRECT", "EDGE", "tie.direct"),
  metabase("tie_indirect.json", "Indirect Tie", "TIE_INDIRECT", "EDGE", "tie.indirect"),
  metabase("tie_cloud_proxy.json", "Cloud Proxy Tie", "TIE_CLOUD_PROXY", "EDGE", "tie.cloud.proxy"),
];

/** The metabase of that id. */
export function metabaseOf(id: string): Metabase | undefined {
  return metabases.find((candidate) => candidate.id === id);
}

/** A property as answers show it: its schema and its value (genesys-api §5.2). */
export function shownProperty(property: TrunkProperty, instance: Json): JsonObject {
  const { type, enum: values, required } = property;
  return {
    type,
    ...(type === "array" ? { items: { type: "string" } } : {}),
    ...(values === undefined ? {} : { enum: [...values] }),
    ...(required === undefined ? {} : { required }),
    value: { default: property.default, instance },
  };
}
