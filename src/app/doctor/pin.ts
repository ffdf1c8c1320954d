import { parseDocument } from "yaml";
import type { App } from "../../model/app.ts";
import type { OrgIdentity } from "../../model/ports.ts";
import { SIDES, type Side } from "../../model/side.ts";
import { assertComparable } from "../../importers/comparable.ts";
import { assertStandby } from "../../importers/standby-target.ts";

/** An organisation of the configuration, and whether this run wrote its id there. */
export type Pin = {
  readonly side: Side;
  readonly orgId: string;
  readonly name: string;
  readonly added: boolean;
};

/**
 * Writes the id of each organisation to the configuration where it has none, so that its login can never lead elsewhere
 * unnoticed. The rest of the file stays as it is. An id that is there already has to be the one that the login leads to.
 * @throws GuardError `same-org`, `primary-as-target`, `org-mismatch`; LockstepError of the logins
 */
export async function pinOrganisations(app: App): Promise<Pin[]> {
  const { config, file, directory } = app.workspace;
  const [primary, standby] = [await identityOf(app, "primary"), await identityOf(app, "standby")];
  assertComparable(primary, standby);
  await assertStandby(config, standby.id, app.files, directory);
  const found = { primary, standby };
  const pins = SIDES.map((side): Pin => {
    const { id, name } = found[side];
    return { side, orgId: id, name, added: config.orgs[side].orgId === undefined };
  });
  if (pins.some(({ added }) => added)) await app.files.write(file, withPins((await app.files.read(file)) ?? "", pins));
  return pins;
}

async function identityOf(app: App, side: Side): Promise<OrgIdentity> {
  const connection = await app.connect(side, "read-only");
  connection.close();
  return connection.org;
}

function withPins(text: string, pins: readonly Pin[]): string {
  const document = parseDocument(text);
  for (const { side, orgId, added } of pins) if (added) document.setIn(["orgs", side, "orgId"], orgId);
  return document.toString({ lineWidth: 0 });
}
