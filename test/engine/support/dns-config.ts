/** A name whose two signals raise alarms in one region, which brings along a composite alarm. */
export const WITH_COMPOSITE_ALARM = {
  ...{ name: "app.failover.example", purpose: "digital", type: "CNAME" },
  targets: { primary: { host: "app-a.example.net" }, standby: { host: "app-b.example.net" } },
  health: { primary: "primary-org", standby: "standby-org" },
};

/** The section `dns` with a name, a signal and a part of each sort. */
export const DNS = {
  zone: { name: "failover.example", create: true },
  region: "eu-central-1",
  replicaRegion: "eu-west-1",
  prober: {},
  alerts: { subscriptions: [{ protocol: "email", endpoint: "oncall@failover.example" }] },
  names: [
    {
      ...{ name: "chat.failover.example", purpose: "digital", type: "CNAME" },
      targets: { primary: { host: "chat-a.example.net" }, standby: { host: "chat-b.example.net" } },
      health: { primary: "chat", standby: "standby-org" },
    },
    {
      ...{ name: "sbc.failover.example", purpose: "voice", type: "A", policy: "weighted" },
      targets: { primary: { addresses: ["192.0.2.10"] }, standby: { addresses: ["198.51.100.10"] } },
      health: { primary: "voice", standby: "standby-org" },
    },
    {
      ...{ name: "_sips._tcp.failover.example", purpose: "carrier", type: "SRV", policy: "weighted" },
      targets: {
        primary: { servers: [{ port: 5061, host: "sbc-a.example.net" }] },
        standby: { servers: [{ port: 5061, host: "sbc-b.example.net" }] },
      },
      health: { primary: "voice" },
    },
    {
      ...{ name: "failover.example", purpose: "carrier", type: "NAPTR" },
      targets: {
        primary: { rules: [{ service: "SIPS+D2T", replacement: "_sips._tcp.sbc-a.example.net" }] },
        standby: { rules: [{ service: "SIPS+D2T", replacement: "_sips._tcp.sbc-b.example.net" }] },
      },
      health: { primary: "voice" },
    },
  ],
  signals: [
    { name: "chat", type: "https-string", side: "primary", host: "chat-a.example.net", path: "/health" },
    { name: "sbc", type: "tcp", side: "primary", host: "192.0.2.10", port: 5061 },
    { name: "primary-org", type: "metric", side: "primary" },
    { name: "standby-org", type: "metric", side: "standby" },
    { name: "voice", type: "calculated", side: "primary", of: ["sbc", "primary-org"], healthyAtLeast: 2 },
  ],
};
