/** Answers that a new configuration file starts from. */
export interface InitAnswers {
  /** Where editors find the schema, relative to the file. */
  readonly schema: string;
  readonly primary: OrgAnswers;
  readonly standby: OrgAnswers;
}

/** One organisation: where it is, and the prefix of the environment variables with its credentials. */
export interface OrgAnswers {
  /** A region, or the origin of an API (`http://…`). */
  readonly place: string;
  readonly orgId?: string;
  /** `GENESYS_PRIMARY` stands for `GENESYS_PRIMARY_CLIENT_ID` and `GENESYS_PRIMARY_CLIENT_SECRET`. */
  readonly prefix: string;
}

/** The answers of somebody who was not asked. */
export const DEFAULT_ANSWERS: InitAnswers = {
  schema: "./node_modules/lockstep/schemas/config.json",
  primary: { place: "us-east-1", prefix: "GENESYS_PRIMARY" },
  standby: { place: "us-west-2", prefix: "GENESYS_STANDBY" },
};

/** The text of a commented `lockstep.yaml`: complete as it is, with an example for every kind of rule. */
export function configTemplate(answers: InitAnswers = DEFAULT_ANSWERS): string {
  return `# yaml-language-server: $schema=${answers.schema}
#
# lockstep keeps the standby organisation in step with the primary. Editors that read the line above explain every key.
# A key that lockstep does not know is an error. \`lockstep doctor\` checks what is written here against both organisations.

orgs:
  # The organisation that serves customers. It is read, never written: a client with view permissions is enough.
  primary:
${org(answers.primary)}
  # The organisation that is kept ready. Its client needs permission to change what is kept in step.
  standby:
${org(answers.standby)}
    # Operational settings are never copied. Those that the standby should have are named here.
    # state:
    #   - { kind: trunk, name: "Carrier A*", path: /properties/trunk_enabled, value: true }

# Where \`lockstep snapshot\` writes, beside this file.
snapshots:
  primary: snapshots/primary
  standby: snapshots/standby

# What is kept in step. What is not selected is left unchanged, and never deleted.
include:
  # An empty list stands for every kind of \`lockstep kinds\`.
  kinds: []
  # exclude:
  #   - { kind: queue, name: "Test *" }
  # \`emails\` matches the members of queues by e-mail address; \`counts\` only counts them.
  members: emails

# Names that differ in the standby, applied wherever a name is used, inside flows too. The first rule that matches wins.
# renames:
#   - { kind: flow, pattern: "(.*)-PROD", replace: "$1-STANDBY" }
#   - { kind: queue, from: Billing, to: Billing DR }

# Values that differ in the standby. Paths are those that \`lockstep diff\` shows.
# overrides:
#   - { kind: data-table, name: Hosts, path: /rows/crm/host, value: crm.dr.example.com }
#   - { kind: flow, name: MAIN-IVR, path: /yaml/inboundCall/description, value: Standby }

# Phone numbers that differ. Where carriers deliver the same numbers to both organisations none are needed.
# numbers:
#   - { from: "+18005550100", to: "+18005550200" }

# \`independent\`: the standby has a flow of its own under this name; it is never written.
# flows:
#   - { name: "Emergency *", mode: independent }

# Differences that are accepted, with the reason and, if it ends, the last day.
# ignores:
#   - { kind: queue, name: "*", path: /description, reason: written by hand on both sides, until: 2027-12-31 }

# Secrets that lockstep has to write to the standby, by reference: \`env:NAME\` or \`file:PATH\`.
# secrets:
#   - { kind: credential, name: "basicAuth:CRM", path: /credentialFields/password, value: "env:STANDBY_CRM_PASSWORD" }

# Names in Route 53 that lead to the primary, or to the standby when the primary has failed. The \`dns\` stack makes them.
# dns:
#   zone: { name: example.com, create: true }
#   names:
#     - name: chat.example.com
#       purpose: digital
#       type: CNAME
#       targets: { primary: { host: chat-a.example.net }, standby: { host: chat-b.example.net } }
#       health: { primary: primary-chat }
#   signals:
#     - { name: primary-chat, type: https-string, side: primary, host: chat-a.example.net, path: /status }

# When a plan stops until somebody allows it: shares of one kind, in percent, for kinds with at least \`minimum\` objects.
guards:
  maxUpdates: { percent: 30, minimum: 10 }
  maxDeletes: { percent: 30, minimum: 10 }
  staleSnapshotHours: 24
  # protected:
  #   - { kind: ivr, name: "*" }
`;
}

/** Is this answer a region, or the origin of an API? */
export function placeKey(place: string): "baseUrl" | "region" {
  return /^https?:/i.test(place) ? "baseUrl" : "region";
}

function org({ place, orgId, prefix }: OrgAnswers): string {
  const key = placeKey(place);
  const id =
    orgId === undefined
      ? '# orgId: "the id that the organisation must have: another one is refused"'
      : `orgId: ${JSON.stringify(orgId)}`;
  return [
    `${key}: ${JSON.stringify(place)}`,
    id,
    `clientId: ${JSON.stringify(`env:${prefix}_CLIENT_ID`)}`,
    `clientSecret: ${JSON.stringify(`env:${prefix}_CLIENT_SECRET`)}`,
  ]
    .map((line) => `    ${line}`)
    .join("\n");
}
