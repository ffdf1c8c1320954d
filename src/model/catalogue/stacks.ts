import type { Entry } from "./entry.ts";

/** Pulumi: its command line, the provider, and the stacks. */
export const STACKS = {
  "pulumi-missing": {
    meaning: "The Pulumi CLI is not installed, or not on the PATH.",
    action: "Install it: https://www.pulumi.com/docs/install",
  },
  "pulumi-too-old": {
    meaning: "The Pulumi CLI is older than lockstep needs.",
    action: "Update it: https://www.pulumi.com/docs/install",
  },
  "package-missing": {
    meaning: "A package is not installed that only the stacks need. The command line is installed without it.",
    action: "Install it as the message shows, in the project in which lockstep is installed.",
  },
  "not-logged-in": {
    meaning: "Pulumi has no backend for its state.",
    action: "Run `pulumi login`, or set PULUMI_BACKEND_URL.",
  },
  "backend-missing": {
    meaning: "The directory of the Pulumi backend cannot be opened.",
    action: "Create it, or log in to another backend with `pulumi login`.",
  },
  "passphrase-missing": {
    meaning: "The secrets of the stack are encrypted, and no passphrase is given.",
    action: "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.",
  },
  "passphrase-wrong": {
    meaning: "The passphrase does not decrypt the secrets of the stack.",
    action: "Check PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.",
  },
  "project-missing": {
    meaning: "The directory has no Pulumi.yaml.",
    action: "Write one with `lockstep init --pulumi`, or name the directory of the project with `--cwd`.",
  },
  "program-not-built": {
    meaning: "The compiled program of the stacks is missing.",
    action: "Run `npm ci` or `npm run build`.",
  },
  "plugin-not-built": {
    meaning: "The compiled provider plugin is missing.",
    action: "Run `npm ci` or `npm run build`.",
  },
  "plugin-missing": {
    meaning: "Pulumi cannot find a provider plugin.",
    action: "Install it with `pulumi plugin install`, or correct `plugins.providers` in Pulumi.yaml.",
  },
  "prober-not-built": { meaning: "The code of the prober is not bundled.", action: "Run `npm run build`." },
  "stack-locked": {
    meaning: "Another update holds the lock of the stack.",
    action: "Wait for it. If it was killed, run `pulumi cancel`.",
  },
  "engine-killed": {
    meaning: "The Pulumi engine was ended by a signal.",
    action: "Run `pulumi cancel`, then the same command again. Nothing is created twice.",
  },
  "engine-failed": {
    meaning: "Pulumi reports an error that lockstep does not know.",
    action: "Run `pulumi preview --diff` for the details.",
  },
  "stack-config": { meaning: "The configuration of the stack is not valid.", action: "Set the key as the hint shows." },
  "stack-config-missing": {
    meaning: "The configuration of the stack lacks a required value.",
    action: "Set it with `pulumi config set`.",
  },
  "provider-config": {
    meaning: "The configuration of the provider resource is not valid.",
    action: "Correct the arguments of the provider.",
  },
  "unknown-resource": {
    meaning: "The provider has no such resource type.",
    action: "Use one of the classes of `lockstep/pulumi`.",
  },
  "unknown-function": { meaning: "The provider has no such function.", action: "Use `getId` or `getInventory`." },
  "not-as-written": {
    meaning: "The provider wrote an object, and the organisation gave back other values than the written ones.",
    action:
      "Look whether somebody changed the object, then run the same command again. Where the same values come back, they are reported as `platform-keeps-value`.",
  },
  "unsupported-name": {
    meaning: "An object has a property name that Pulumi cannot store.",
    action: "Rename the property, or keep the object out of the stack; `lockstep apply` can write it.",
  },
  "parent-unknown": {
    meaning: "The object belongs to a parent that the state does not tell.",
    action: "Run `pulumi refresh` and preview again.",
  },
  "read-only": {
    meaning: "The provider has access `read-only` and would change an object of the standby.",
    action: 'Give the provider `access: "write"`.',
  },
  "primary-unknown": {
    meaning: "lockstep cannot tell that the organisation to be written is not the primary.",
    action: "Set `orgs.primary.orgId` in lockstep.yaml.",
  },
  "incomplete-target": {
    meaning: "A kind of the target could not be read completely, so that an existing object might be created again.",
    action: "Grant the missing permission; `lockstep doctor` names it.",
  },
} as const satisfies { readonly [code: string]: Entry };
