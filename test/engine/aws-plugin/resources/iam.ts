import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { capitals, renamed, text, unlessGone, type Handler } from "../handler.ts";
import type { Place } from "../place.ts";
import type { Obj } from "../values.ts";

export const role: Handler = {
  named: "name",
  names: /^[\w+=,.@-]{1,64}$/,
  replaces: ["name", "path"],
  create: async (inputs, place) => {
    const { Role } = await place.client(IAMClient).send(
      new CreateRoleCommand({
        RoleName: text(inputs, "name"),
        AssumeRolePolicyDocument: policyText(inputs["assumeRolePolicy"]),
        ...renamed(inputs, capitals("description", "path", "maxSessionDuration", "permissionsBoundary")),
      }),
    );
    return { id: text(inputs, "name"), outputs: { arn: Role?.Arn, uniqueId: Role?.RoleId } };
  },
  read: async (id, state, place) => {
    const found = await unlessGone(place.client(IAMClient).send(new GetRoleCommand({ RoleName: id })));
    return found && { assumeRolePolicy: livingPolicy(found.Role?.AssumeRolePolicyDocument, state["assumeRolePolicy"]) };
  },
  update: async (id, inputs, _state, place) => {
    const iam = place.client(IAMClient);
    const PolicyDocument = policyText(inputs["assumeRolePolicy"]);
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: id, PolicyDocument }));
    await iam.send(new UpdateRoleCommand({ RoleName: id, ...renamed(inputs, capitals("description")) }));
  },
  remove: async (id, _state, place) => {
    await unlessGone(place.client(IAMClient).send(new DeleteRoleCommand({ RoleName: id })));
  },
};

export const rolePolicy: Handler = {
  named: "name",
  names: /^[\w+=,.@-]{1,128}$/,
  replaces: ["name", "role"],
  create: async (inputs, place) => {
    await putPolicy(inputs, place);
    return { id: `${text(inputs, "role")}:${text(inputs, "name")}` };
  },
  read: async (_id, state, place) => {
    const input = { RoleName: text(state, "role"), PolicyName: text(state, "name") };
    const found = await unlessGone(place.client(IAMClient).send(new GetRolePolicyCommand(input)));
    return found && { policy: livingPolicy(found.PolicyDocument, state["policy"]) };
  },
  update: async (_id, inputs, _state, place) => putPolicy(inputs, place),
  remove: async (_id, state, place) => {
    const input = { RoleName: text(state, "role"), PolicyName: text(state, "name") };
    await unlessGone(place.client(IAMClient).send(new DeleteRolePolicyCommand(input)));
  },
};

async function putPolicy(inputs: Obj, place: Place): Promise<void> {
  await place.client(IAMClient).send(
    new PutRolePolicyCommand({
      RoleName: text(inputs, "role"),
      PolicyName: text(inputs, "name"),
      PolicyDocument: policyText(inputs["policy"]),
    }),
  );
}

export const rolePolicyAttachment: Handler = {
  replaces: ["role", "policyArn"],
  create: async (inputs, place) => {
    const input = { RoleName: text(inputs, "role"), PolicyArn: text(inputs, "policyArn") };
    await place.client(IAMClient).send(new AttachRolePolicyCommand(input));
    return { id: `${input.RoleName}-${input.PolicyArn}` };
  },
  read: async (_id, state, place) => {
    const command = new ListAttachedRolePoliciesCommand({ RoleName: text(state, "role") });
    const found = await unlessGone(place.client(IAMClient).send(command));
    return found?.AttachedPolicies?.some(({ PolicyArn }) => PolicyArn === state["policyArn"]) ? {} : undefined;
  },
  remove: async (_id, state, place) => {
    const input = { RoleName: text(state, "role"), PolicyArn: text(state, "policyArn") };
    await unlessGone(place.client(IAMClient).send(new DetachRolePolicyCommand(input)));
  },
};

/** Policies are given as text or as an object. */
function policyText(policy: unknown): string {
  return typeof policy === "string" ? policy : JSON.stringify(policy);
}

/** A policy as it was given, unless it now says something else. */
function livingPolicy(encoded: string | undefined, given: unknown): unknown {
  const living = decodeURIComponent(encoded ?? "");
  const isAsGiven =
    given !== undefined && JSON.stringify(JSON.parse(policyText(given))) === JSON.stringify(JSON.parse(living));
  return isAsGiven ? given : living;
}
