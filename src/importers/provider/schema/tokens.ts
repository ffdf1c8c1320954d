/** Name of the Pulumi package. It differs from the project's name, whose configuration would be the provider's otherwise. */
export const PACKAGE = "gclockstep";

/** Type token of the resource that writes what closes a cycle of references. */
export const LINK_TOKEN = `${PACKAGE}:index:Link`;

/** Name of a kind as a class is called: `wrap-up-code` → `WrapUpCode`. */
export function classNameOf(kindName: string): string {
  return kindName.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Type token of a kind's resource: `wrap-up-code` → `gclockstep:index:WrapUpCode`. */
export function resourceToken(kindName: string): string {
  return `${PACKAGE}:index:${classNameOf(kindName)}`;
}

/** Name of the kind that a type token stands for; undefined for Link and for what is not ours. Nothing says that there is such a kind. */
export function kindOfToken(token: string): string | undefined {
  const [owner, module, name, ...rest] = token.split(":");
  if (owner !== PACKAGE || module !== "index" || name === undefined || rest.length > 0 || token === LINK_TOKEN)
    return undefined;
  if (!/^(?:[A-Z][a-z]*)+$/.test(name)) return undefined;
  return name.replace(/[A-Z]/g, (letter, at: number) => (at === 0 ? "" : "-") + letter.toLowerCase());
}
