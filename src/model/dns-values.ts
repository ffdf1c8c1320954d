/** A name in the form that names are compared in: lower case, no dot at the end, without Route 53's octal escapes (`\052` for `*`). */
export function dnsName(name: string): string {
  const plain = name.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
  return plain.toLowerCase().replace(/\.$/, "");
}

/** The values of a record in the form that they are compared in: names as {@link dnsName} has them, sorted. */
export function dnsValues(type: string, values: readonly string[]): string[] {
  return values.map((value) => dnsValue(type, value.trim())).sort();
}

function dnsValue(type: string, value: string): string {
  if (type === "CNAME") return dnsName(value);
  if (type !== "SRV" && type !== "NAPTR") return value;
  const [, before = "", host = value] = /^(.* )(\S+)$/.exec(value.replaceAll(/\s+/g, " ")) ?? [];
  return before + (host === "." ? host : dnsName(host));
}
