import type { Kind } from "../../../model/kind.ts";
import { propertySpecs, typeRef, type NamedTypes, type ObjectSpec, type PropertySpec } from "./package-types.ts";
import { SETTINGS } from "../rpc/settings.ts";
import { classNameOf, LINK_TOKEN, PACKAGE, resourceToken } from "./tokens.ts";

/** A resource in a Pulumi package schema. */
export interface ResourceSpec {
  readonly description: string;
  readonly inputProperties: { readonly [name: string]: PropertySpec };
  readonly requiredInputs: readonly string[];
  readonly properties: { readonly [name: string]: PropertySpec };
  readonly required: readonly string[];
}

/** A function in a Pulumi package schema. */
export interface FunctionSpec {
  readonly description: string;
  readonly inputs: ObjectSpec;
  readonly outputs: ObjectSpec;
}

/** A Pulumi package schema, as far as this package uses it. */
export interface PackageSchema {
  readonly name: string;
  readonly displayName: string;
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly license: string;
  readonly meta: { readonly moduleFormat: string };
  readonly config: { readonly variables: { readonly [name: string]: PropertySpec } };
  readonly types: { readonly [token: string]: NonNullable<ReturnType<NamedTypes["get"]>> };
  readonly provider: ResourceSpec;
  readonly resources: { readonly [token: string]: ResourceSpec };
  readonly functions: { readonly [token: string]: FunctionSpec };
  readonly language: { readonly nodejs: { readonly packageName: string; readonly packageDescription: string } };
}

const DESCRIPTION = "Keeps Genesys Cloud organisations in lockstep: one resource per object, in the form of a snapshot";

/**
 * The package schema: one resource per kind that is written, all of it derived from the kinds and their schemas.
 * @param version version of the package, as in package.json
 */
export function packageSchema(kinds: ReadonlyMap<string, Kind>, version: string): PackageSchema {
  const types: NamedTypes = new Map([[`${PACKAGE}:index:Treatment`, TREATMENT]]);
  const titleOf = (name: string): string => inSentence(kinds.get(name)?.title ?? name);
  const written = [...kinds.values()].filter(({ mode }) => mode === "write");
  const resources = written.map((kind) => [resourceToken(kind.name), resourceOf(kind, types, titleOf)] as const);
  return {
    name: PACKAGE,
    displayName: "lockstep for Genesys Cloud",
    version,
    description: DESCRIPTION,
    keywords: ["pulumi", "kind/native", "category/cloud", "genesys"],
    license: "MIT",
    meta: { moduleFormat: "(.*)" },
    config: { variables: {} },
    types: Object.fromEntries([...types].sort(([a], [b]) => (a < b ? -1 : 1))),
    provider: PROVIDER,
    resources: Object.fromEntries([...resources, [LINK_TOKEN, LINK]]),
    functions: FUNCTIONS,
    language: { nodejs: { packageName: "lockstep", packageDescription: DESCRIPTION } },
  };
}

function resourceOf(kind: Kind, types: NamedTypes, titleOf: (name: string) => string): ResourceSpec {
  const owner = classNameOf(kind.name);
  const fields = propertySpecs({ root: kind.schema, owner, types, titleOf }, kind.schema, owner);
  const required = [...(kind.schema.required ?? [])].sort();
  return {
    description: `${kind.title} of Genesys Cloud, in the form of a snapshot: references are coordinates.`,
    inputProperties: { ...fields, key: KEY, lockstep: { ...typeRef("Treatment"), description: TREATMENT_TEXT } },
    requiredInputs: required,
    properties: { ...fields, ...OUTPUTS },
    required: [...required, "coordinate", "key"].sort(),
  };
}

/** A title as it stands inside a sentence: `Queue` → `queue`, `IVR call route` as it is. */
function inSentence(title: string): string {
  return title.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

const TREATMENT_TEXT = "How lockstep treats the resource; never compared.";

const KEY: PropertySpec = {
  type: "string",
  description: "Natural key inside the kind. Told by the other fields where it is left out.",
};

const OUTPUTS: ResourceSpec["properties"] = {
  key: KEY,
  lockstep: { ...typeRef("Treatment"), description: TREATMENT_TEXT },
  coordinate: { type: "string", description: "Kind and key: how other objects refer to this one." },
  state: {
    type: "object",
    additionalProperties: { $ref: "pulumi.json#/Any" },
    description: "Operational state and what the organisation owns, by pointer; compared where the inputs speak of it.",
  },
  revisions: {
    type: "object",
    additionalProperties: { type: "string" },
    description: "Revisions of the parts that have one, so that an unchanged flow is not exported again.",
  },
};

function texts(description: string): PropertySpec {
  return { type: "array", items: { type: "string" }, description };
}

const TREATMENT: ObjectSpec = {
  type: "object",
  description: "How lockstep treats a resource.",
  properties: {
    ignored: texts("Pointer patterns whose differences are accepted; `*` stands for any one segment."),
    linked: texts("Pointers that a Link writes."),
    extra: texts("Pointers of fields that the organisation knows and lockstep's schema does not."),
    moved: {
      type: "object",
      additionalProperties: { type: "string" },
      description:
        "Objects that are about to get another name, old coordinate to new: references to them are no difference.",
    },
    takes: texts("Coordinates of objects that give up a value which this one takes, in the same update."),
    leaving: {
      type: "boolean",
      description:
        "Goes with the next update and gives up before what others take, so that its lists may become empty.",
    },
    retained: { type: "boolean", description: "Only registered so that Pulumi keeps it: never a difference." },
    sourceId: { type: "string", description: "Id of the object in the source organisation." },
  },
  required: [],
};

const LINK_INPUTS: ResourceSpec["inputProperties"] = {
  target: {
    type: "string",
    description: "Coordinate of the object that is completed.",
    willReplaceOnChanges: true,
  },
  values: {
    type: "object",
    additionalProperties: { $ref: "pulumi.json#/Any" },
    description: "What to write, by RFC 6901 pointer into the object.",
  },
  lockstep: { ...typeRef("Treatment"), description: TREATMENT_TEXT },
};

const LINK: ResourceSpec = {
  description: "Writes the references of an object that close a cycle, after all objects of the cycle are there.",
  inputProperties: LINK_INPUTS,
  requiredInputs: ["target", "values"],
  properties: LINK_INPUTS,
  required: ["target", "values"],
};

function text(description: string): PropertySpec {
  return { type: "string", description };
}

const PROVIDER_INPUTS: ResourceSpec["inputProperties"] = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, description]) => [name, text(description)]),
);

const PROVIDER: ResourceSpec = {
  description:
    "One Genesys Cloud organisation. Credentials are read by the plugin when it runs and are never part of the state.",
  inputProperties: PROVIDER_INPUTS,
  requiredInputs: ["config", "org"],
  properties: PROVIDER_INPUTS,
  required: ["config", "org"],
};

const FUNCTIONS: PackageSchema["functions"] = {
  [`${PACKAGE}:index:getId`]: {
    description: "The id of an object in the organisation.",
    inputs: {
      type: "object",
      properties: { coordinate: text("Kind and key of the object.") },
      required: ["coordinate"],
    },
    outputs: { type: "object", properties: { id: text("Its id.") }, required: ["id"] },
  },
  [`${PACKAGE}:index:getInventory`]: {
    description: "What the organisation has, by one sweep of all lists.",
    inputs: {
      type: "object",
      properties: {
        update: {
          type: "boolean",
          description: "Is this an update, and no preview? Then objects that are in step are noted in the baseline.",
        },
        errorParts: {
          type: "boolean",
          description: "Does an error carry its code, message and hint in a form for programs, behind its text?",
        },
        also: texts("Coordinates of further objects that `current` is to hold."),
      },
      required: [],
    },
    outputs: {
      type: "object",
      properties: {
        orgId: text("Id of the organisation."),
        orgName: text("Name of the organisation."),
        homeDivision: text("Name of its Home division."),
        ids: { type: "object", additionalProperties: { type: "string" }, description: "Ids by coordinate." },
        unread: texts("Kinds that could not be read completely."),
        skipped: texts("Coordinates of what others may refer to and lockstep does not manage."),
        namesakes: {
          type: "object",
          additionalProperties: { type: "string" },
          description:
            "Coordinates that several objects share, none of which is written, with what there is to say of each.",
        },
        current: {
          type: "object",
          additionalProperties: { $ref: "pulumi.json#/Any" },
          description: "Objects by coordinate, of kinds in which one object gives up what another one takes.",
        },
      },
      required: ["current", "homeDivision", "ids", "namesakes", "orgId", "orgName", "skipped", "unread"],
    },
  },
};
