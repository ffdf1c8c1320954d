import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contactCentre } from "../../src/simulator/centre/index.ts";

interface Property {
  readonly $ref?: string;
  readonly readOnly?: boolean;
  readonly items?: Property;
}

interface Definition {
  readonly properties?: Readonly<Record<string, Property>>;
}

const contract = new URL("../../../shared/contract/", import.meta.url);
const present = existsSync(contract);
if (!present)
  process.stdout.write("skipped: ../shared/contract is not there, seeds are not held against the definition\n");

const files = [
  "routing",
  "authorization",
  "architect",
  "integrations",
  "telephony-providers-edge",
  "locations",
  "users",
];

function definitions(): Readonly<Record<string, Definition>> {
  const read = (name: string): { definitions: Record<string, Definition> } =>
    JSON.parse(readFileSync(new URL(`${name}.json`, contract), "utf8")) as { definitions: Record<string, Definition> };
  return Object.assign({}, ...files.map((name) => read(name).definitions)) as Record<string, Definition>;
}

/** Embedded objects that are references: what they carry besides the id belongs to somebody else. */
const references = new Set([
  "DomainEntityRef",
  "WritableDivision",
  "WritableStarrableDivision",
  "Division",
  "Script",
  "LocationDefinition",
  "InboundRoute",
  "MemberGroup",
  "SkillsToRemove",
  "CredentialInfo",
  "IntegrationType",
]);

/** Paths of the writable properties of a definition that a value lacks, looking into every element of lists. */
function lacking(
  all: Readonly<Record<string, Definition>>,
  name: string,
  values: readonly unknown[],
  path = "",
): readonly string[] {
  return Object.entries(all[name]?.properties ?? {}).flatMap(([property, shape]) => {
    if (shape.readOnly === true) return [];
    const here = `${path}/${property}`;
    const found = values
      .flatMap((value) =>
        typeof value === "object" && value !== null && property in value
          ? [(value as Record<string, unknown>)[property]]
          : [],
      )
      .flat();
    if (!values.some((value) => typeof value === "object" && value !== null && property in value)) return [here];
    const inner = (shape.$ref ?? shape.items?.$ref)?.split("/").at(-1);
    return inner === undefined || references.has(inner) ? [] : lacking(all, inner, found, here);
  });
}

/** Written by the server, or set by the loader, or by the address of the request. */
const header = ["/version", "/division", "/state", "/dateCreated", "/dateModified", "/createdBy", "/modifiedBy"];

/** Kind, definition of its creation, and what no seed object sets, with the reason. */
const kinds: readonly (readonly [kind: string, definition: string, except: Readonly<Record<string, string>>])[] = [
  [
    "queue",
    "CreateQueueRequest",
    {
      "/peerId": "names a queue of another product",
      "/sourceQueueId": "copies a queue, sets nothing of its own",
      "/mediaSettings/callback/edgeGroup": "excludes the site, which is set",
      "/conditionalGroupActivation/pilotRule/conditions/simpleMetric/queue": "the pilot rule looks at the queue itself",
    },
  ],
  ["division", "AuthzDivision", {}],
  ["skill", "RoutingSkill", {}],
  ["language", "Language", {}],
  ["wrap-up-code", "WrapupCodeRequest", {}],
  ["location", "LocationCreateDefinition", { "/path": "locations inside locations are not part of a contact centre" }],
  ["schedule", "Schedule", {}],
  ["schedule-group", "ScheduleGroup", {}],
  ["ivr", "IVR", {}],
  ["data-table", "DataTable", { "/schema/id": "the server's address of the schema" }],
  ["integration-config", "IntegrationConfiguration", {}],
  ["credential", "Credential", {}],
  [
    "data-action",
    "PostActionInput",
    {
      "/config/request/requestTemplateUri": "the server's address of the template",
      "/config/response/successTemplateUri": "the server's address of the template",
      "/contract/input/inputSchema/id": "the server's address of the schema",
      "/contract/output/successSchema/id": "the server's address of the schema",
    },
  ],
  [
    "trunk",
    "TrunkBase",
    {
      "/managed": "managed trunks belong to the platform",
      "/site": "always filled by the server (trunk-properties §3)",
    },
  ],
  [
    "site",
    "Site",
    {
      "/primaryEdges": "physical edges, stripped on every write (genesys-api §5.5)",
      "/secondaryEdges": "physical edges",
      "/edges": "physical edges",
      "/addresses": "physical edges",
      "/managed": "managed sites belong to the platform",
      "/coreSite": "set by the platform",
      "/siteConnections": "made by a request of its own between premises sites",
    },
  ],
  ["number-plans", "NumberPlan", { "/description": "not shown for number plans" }],
  ["outbound-route", "OutboundRoute", {}],
  ["did-pool", "DIDPool", {}],
];

describe.skipIf(!present)("a seeded contact centre sets every writable property (skipped without ../shared)", () => {
  const all = present ? definitions() : {};
  const steps = contactCentre({ seed: 1, size: "S" });

  it.each(kinds)("%s", (kind, definition, except) => {
    const bodies = steps.filter((step) => step.kind === kind).flatMap(({ body }) => body as unknown);
    const missing = lacking(all, definition, bodies).filter((path) => !header.includes(path) && !(path in except));
    expect(missing).toEqual([]);
  });
});
