import type { Coordinate } from "../model/coordinate.ts";
import type { Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Blocked } from "../model/obstacles.ts";
import type { Finding } from "../model/snapshot.ts";

/** What an organisation has, as the provider tells it. */
export interface Inventory {
  readonly orgId: string;
  readonly orgName: string;
  readonly homeDivision: string;
  readonly ids: ReadonlyMap<Coordinate, string>;
  /** Kinds that could not be read completely. */
  readonly unread: readonly string[];
  /** Objects that others may refer to and that lockstep does not manage, such as flows of the platform. */
  readonly skipped: ReadonlySet<Coordinate>;
  /** Names that several objects share, with a finding for each. */
  readonly namesakes: ReadonlyMap<Coordinate, Finding>;
  /** What is there of kinds in which one object gives up what another one takes, in canonical form. */
  readonly current: ReadonlyMap<Coordinate, Obj>;
}

/** What the program wants of an organisation. */
export interface DesiredOrg {
  readonly desired: ReadonlyMap<Coordinate, Obj>;
  readonly inventory: Inventory;
  /** Objects that only the organisation has and that stay. */
  readonly retained: readonly Coordinate[];
  /** Names that several objects of one organisation share, and what is in those: none of them is written. */
  readonly setAside: ReadonlySet<Coordinate>;
  /** Objects that only the organisation has and that Pulumi deletes once they are in its state. */
  readonly pruned: readonly Coordinate[];
  /** Objects of the organisation that the configuration leaves out. */
  readonly leftOut: ReadonlySet<Coordinate>;
  /** What is known of the objects: some findings say that one cannot be written as it is. */
  readonly findings: readonly Finding[];
  /** What cannot be written because it holds a secret that nobody tells. */
  readonly untold: readonly Blocked[];
  /** Desired coordinate → the coordinate that the organisation still has. */
  readonly renamed: ReadonlyMap<Coordinate, Coordinate>;
  /** Coordinates that an object was known by before. */
  readonly formerNames: (coordinate: Coordinate) => readonly Coordinate[];
  /** What is said about an object beside its content. */
  readonly treatment: (coordinate: Coordinate) => ObjectTreatment;
  readonly kinds: ReadonlyMap<string, Kind>;
  /** Is the object kept from deletion by Pulumi itself? */
  readonly protects: (kind: Kind) => boolean;
}

/** See the `lockstep` input of resources. */
export interface ObjectTreatment {
  readonly ignored: readonly string[];
  readonly extra: readonly string[];
  readonly sourceId: string | undefined;
}
