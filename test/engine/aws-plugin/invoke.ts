import { ListHostedZonesByNameCommand, Route53Client } from "@aws-sdk/client-route-53";
import type { Plugin } from "./plugin.ts";
import type { Obj } from "./values.ts";

/** Answers the look-ups that a program may make. @throws Error for one that the stand-in does not know */
export async function invoke(plugin: Plugin, token: string, args: Obj): Promise<Obj> {
  const place = plugin.region(args);
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { id: place.account, accountId: place.account, arn: `arn:aws:iam::${place.account}:root`, userId: "test" };
    case "aws:index/getRegion:getRegion":
      return { id: place.region, name: place.region, region: place.region, endpoint: "", description: "" };
    case "aws:index/getPartition:getPartition":
      return { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" };
    case "aws:route53/getZone:getZone":
      return zoneNamed(String(args["name"]), place.client(Route53Client));
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      return { id: "policy", json: policyDocument(args) };
    default:
      throw new Error(`the stand-in for the AWS plugin does not know ${token}`);
  }
}

async function zoneNamed(name: string, client: Route53Client): Promise<Obj> {
  const { HostedZones = [] } = await client.send(new ListHostedZonesByNameCommand({ DNSName: name }));
  const found = HostedZones.find((zone) => zone.Name?.replace(/\.$/, "") === name.replace(/\.$/, ""));
  if (found === undefined) throw new Error(`no hosted zone ${name}`);
  const id = (found.Id ?? "").replace("/hostedzone/", "");
  return { id, zoneId: id, name, arn: `arn:aws:route53:::hostedzone/${id}`, nameServers: [] };
}

interface Statement {
  readonly sid?: string;
  readonly effect?: string;
  readonly actions?: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
}

function policyDocument(args: Obj): string {
  const statements = (args["statements"] ?? []) as readonly Statement[];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect = "Allow", actions, resources, principals }) => ({
      ...(sid === undefined ? {} : { Sid: sid }),
      Effect: effect,
      Action: actions,
      ...(resources === undefined ? {} : { Resource: resources }),
      ...(principals === undefined
        ? {}
        : { Principal: Object.fromEntries(principals.map(({ type, identifiers }) => [type, identifiers])) }),
    })),
  });
}
