import { LockstepError } from "../model/error.ts";

/** What in the package's own Pulumi.yaml leads to the program and to the provider plugin. */
const PLACES = [/^(main: )(dist\/stacks\/index\.js)$/m, /^( +path: )(plugin)$/m] as const;

/**
 * The package's own Pulumi.yaml, for a project that lies elsewhere.
 * @param text of the package's
 * @param packagePath from the directory of the project to the package, such as `node_modules/lockstep`
 */
export function pulumiProject(text: string, packagePath: string): string {
  return PLACES.reduce((rest, place) => {
    if (!place.test(rest))
      throw new LockstepError("project-missing", "Pulumi.yaml of the package was changed", REINSTALL);
    return rest.replace(place, (_, key: string, path: string) => `${key}${JSON.stringify(`${packagePath}/${path}`)}`);
  }, text);
}

const REINSTALL = "Install lockstep again.";
