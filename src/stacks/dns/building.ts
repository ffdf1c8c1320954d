import type { Provider } from "@pulumi/aws/provider.js";
import type { Config, Dns } from "../../model/config.ts";
import type { Side } from "../../model/side.ts";
import type { Tags } from "./component.ts";
import type { PairPlaces } from "./pair-places.ts";
import type { AwsSettings } from "./aws-settings.ts";

/** What the parts of one stack share. */
export interface Building {
  readonly dns: Dns;
  readonly orgs: Config["orgs"];
  readonly places: PairPlaces;
  readonly settings: AwsSettings;
  /** Tells several pairs in one account apart. */
  readonly pair: string;
  readonly tags: Tags;
  readonly provider: Provider;
}

/** A value for each side. */
export type BySide<T> = { readonly [side in Side]: T };

/** Builds something for each side. */
export function bySide<T>(build: (side: Side) => T): BySide<T> {
  return { primary: build("primary"), standby: build("standby") };
}
