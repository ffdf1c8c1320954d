import { describe, expect, it } from "vitest";
import { assertPackages } from "../../src/platform/optional-packages.ts";

describe("packages that only the stacks need", () => {
  it("are all there in a clone", () => {
    expect(() => assertPackages(["@pulumi/pulumi", "@pulumi/aws"])).not.toThrow();
  });

  it("are named with the versions to install where they are missing", () => {
    const missing = () => assertPackages(["@pulumi/pulumi", "@pulumi/aws"], (name) => name === "@pulumi/pulumi");
    expect(missing).toThrow(
      expect.objectContaining({
        code: "package-missing",
        message: "Not installed, and needed by this stack: @pulumi/aws",
        hint: expect.stringMatching(/`npm install --save-exact "@pulumi\/aws@\^7\.\d+\.\d+"`/) as string,
      }),
    );
  });

  it("count as missing where nothing of the name can be found", () => {
    expect(() => assertPackages(["@pulumi/no-such-package"])).toThrow("Not installed");
  });
});
