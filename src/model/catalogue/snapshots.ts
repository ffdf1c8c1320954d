import type { Entry } from "./entry.ts";

/** Snapshots and repositories on disk, and reading an organisation into one. */
export const SNAPSHOTS = {
  "not-a-snapshot": {
    meaning: "The directory is not a snapshot, or holds other files beside one.",
    action: "Name the directory of a snapshot, or an empty or new one for output.",
  },
  "not-a-repository": {
    meaning: "The directory is not a repository that an organisation can be provisioned from.",
    action: "Write one with `lockstep snapshot primary --repository -o DIR`.",
  },
  "other-org": {
    meaning: "The directory holds the snapshot of another organisation.",
    action: "Name another directory with `-o DIR`.",
  },
  "snapshot-damaged": {
    meaning: "Files of the snapshot do not match its manifest.",
    action: "Restore the directory from version control, or take a new snapshot.",
  },
  "snapshot-malformed": {
    meaning: "A file of the snapshot cannot be read as what it should be.",
    action: "Restore the directory from version control, or take a new snapshot.",
  },
  "snapshot-normaliser": {
    meaning: "The snapshot was written in another version of the canonical form.",
    action: "Take a new snapshot with this version of lockstep.",
  },
  "repository-malformed": {
    meaning: "A file of the repository cannot be read as what it should be.",
    action: "Correct the file; `lockstep validate DIR` lists every problem.",
  },
  "repository-invalid": {
    meaning: "An object of the repository does not fit the schema of its kind.",
    action: "Correct the file; `lockstep validate DIR` lists every problem.",
  },
  "incomplete-list": {
    meaning: "A list gave another number of objects than it announced.",
    action: "Run the command again when nobody is changing the organisation.",
  },
  "duplicate-key": {
    meaning:
      "Several objects of an organisation have the name by which lockstep matches objects in both organisations, or a file has a key twice. Such objects are set aside: nothing is planned for them, and what refers to them is blocked.",
    action: "Rename or delete all but one, or name them under `include.exclude`.",
  },
  "object-vanished": {
    meaning: "An object was deleted while lockstep was working with it.",
    action: "Run the same command again.",
  },
  "narrow-grant": {
    meaning: "A permission is granted in some divisions only, so that objects of the others would be missing.",
    action: "Grant the role of the OAuth client for all divisions.",
  },
  "missing-file": {
    meaning: "The manifest lists a file that does not exist.",
    action: "Restore the directory from version control, or take a new snapshot.",
  },
  "unexpected-file": {
    meaning: "The directory holds a file that the manifest does not list.",
    action: "Delete the file, or take a new snapshot.",
  },
  "digest-mismatch": {
    meaning: "A file was changed after the snapshot was taken.",
    action: "Restore the file from version control, or take a new snapshot.",
  },
  "missing-digest": { meaning: "The manifest has no digest for a kind.", action: "Take a new snapshot." },
  "count-mismatch": {
    meaning: "The number of files of a kind is not the number in the manifest.",
    action: "Restore the directory from version control, or take a new snapshot.",
  },
  "file-name-mismatch": {
    meaning: "The name of a file does not belong to the object in it.",
    action: "Rename the file as the message says, or take a new snapshot.",
  },
  "missing-field": { meaning: "A required field is missing.", action: "Add the field." },
  "wrong-value": { meaning: "A value has the wrong type or form.", action: "Correct the value." },
  "unknown-field": {
    meaning:
      "An object has a field that the schema of its kind does not know. Live objects keep such a field, and it is compared as it is.",
    action: "In a repository, correct the name of the field. Otherwise look for a newer version of lockstep.",
  },
  "missing-reference": {
    meaning: "An object refers to another one that does not exist.",
    action: "Create the other object, or correct the reference in the source.",
  },
} as const satisfies { readonly [code: string]: Entry };
