import type { SeedObject, SeedValue } from "../types.ts";

/** Trunk properties as the API carries them: only the instance is the setting (genesys-api §5.2). */
export const instances = (values: Readonly<Record<string, SeedValue>>): SeedObject =>
  Object.fromEntries(Object.entries(values).map(([name, instance]) => [name, { value: { instance } }]));

/** What every BYOC trunk here sets. */
export const usualProperties = (
  label: string,
  hosts: readonly string[],
  termination: string,
): Readonly<Record<string, SeedValue>> => ({
  trunk_label: label,
  trunk_enabled: true,
  trunk_transport_protocolVariant: "tls",
  trunk_transport_serverProxyList: hosts,
  trunk_sip_termination_uri: termination,
  trunk_access_acl_allowList: ["192.0.2.0/26", "198.51.100.16/28"],
  trunk_sip_conversationHeader: true,
  trunk_sip_uuiEnabled: true,
  trunk_sip_uuiHeader: "User-to-User",
  trunk_sip_uuiEncoding: "Hex",
  trunk_sip_uuiPd: "00",
  trunk_outboundIdentity_callingName: label.slice(0, 40),
  trunk_outboundIdentity_callingAddress: "+442079460990",
  trunk_calling_id_priority: ["Source", "Trunk", "Site", "Extension"],
  trunk_media_codec: ["audio/opus", "audio/pcmu", "audio/pcma"],
  trunk_maxDialTimeout: "2m",
});

/** The whole catalogue of external trunk properties (trunk-properties §5), set on one trunk. */
export const catalogue: Readonly<Record<string, SeedValue>> = {
  trunk_protocol: "SIP",
  trunk_language: "en-US",
  trunk_access_acl_denyList: ["203.0.113.7"],
  trunk_sip_authentication_credentials_realm: "sbc.example.com",
  trunk_sip_authentication_credentials_username: "trunk-one",
  // The name and shape of custom headers are assumptions; the template of the trunk type tells (trunk-properties §1).
  trunk_sip_customHeaders: ["X-Route-Class: gold", "X-Site-Code: LDN"],
  trunk_sip_routingAddress: "Request-URI",
  trunk_routing_inbound_dnis_enabled: true,
  trunk_routing_outbound_higher_capacity: false,
  trunk_outboundIdentity_callingName_overrideMethod: "Unassigned DID",
  trunk_outboundIdentity_callingAddress_overrideMethod: "Always",
  trunk_outboundIdentity_callingAddress_omitPlusPrefix: false,
  trunk_outboundIdentity_calledAddress_omitPlusPrefix: true,
  trunk_outboundIdentity_suppress_username_if_did_available: false,
  trunk_outboundIdentity_suppress_username_if_no_did: true,
  trunk_transfer_takeback_enabled: false,
  trunk_rlt_enabled: false,
  trunk_recording_enabled: true,
  trunk_consult_recording_enabled: false,
  trunk_recording_dualChannel: true,
  trunk_recording_levelControlEnabled: false,
  trunk_recording_externalTransfersEnabled: true,
  trunk_recording_consent_required: false,
  trunk_disallow_recording_during_hold: true,
  trunk_recording_audioFormat: "audio/opus",
  trunk_recording_beep_enabled: false,
  trunk_recording_beep_amplitude: -24,
  trunk_recording_beep_duration: 200,
  trunk_recording_beep_frequency: 1400,
  trunk_recording_beep_interval: 14000,
  trunk_recording_beep_tone2_amplitude: -24,
  trunk_recording_beep_tone2_frequency: 0,
  trunk_fax_media_attributes_enabled: false,
  trunk_media_disconnectOnIdleRTP: true,
};
