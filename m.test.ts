import { test } from "vitest";
import { openOffice } from "./test/conformance/office.ts";
import { KINDS } from "./src/kinds/index.ts";
import { splitCoordinate } from "./src/model/coordinate.ts";
import { checkInputs } from "./src/importers/provider/check.ts";
import { diffResource } from "./src/importers/provider/diff.ts";
import { registrations } from "./src/importers/provider/registration.ts";
import { sameJson, compactJson } from "./src/model/json.ts";
test("x", async () => {
  console.log(Object.keys(await openOffice({})));
});
