import { applyEdits } from "../model/apply-edits.ts";
import type { Json } from "../model/json.ts";
import type { Content, ContentReference, Kind, RenamedContent, TextEdit } from "../model/kind.ts";
import { digestText } from "./digest.ts";

/** A name in a text, and the new one that it got; null where it stays. */
type Answered = readonly [kind: string, name: string, renamed: string | null];

/** What was found out about a text by reading it. It depends on nothing but the text and the answers. */
export type TextRecord = {
  /** What it names, as {@link Content.references} tells it. */
  readonly references?: readonly ContentReference[];
  /** What became of it under new names. */
  readonly renamed?: {
    /** Every name that was asked about, and the answer: where all of these are the same again, so is the rest. */
    readonly answers: readonly Answered[];
    readonly edits: readonly TextEdit[];
    /** What the new text names, as far as that is known without reading it. */
    readonly references?: readonly ContentReference[];
  };
};

/** Records by the digest of their text; a later one takes the place of an earlier one. */
export interface TextRecords {
  get(digest: string): TextRecord | undefined;
  set(digest: string, record: TextRecord): void;
}

/** Texts of which the comparable form is held for a moment: each is asked for when it is compared and when it is shown. */
const HELD = 64;

/** The kinds, with text contents that read no text of which the records tell what is asked. */
export function rememberingKinds(kinds: ReadonlyMap<string, Kind>, records: TextRecords): Map<string, Kind> {
  return new Map(
    [...kinds].map(([name, kind]) => {
      const { content } = kind;
      return [name, content === undefined ? kind : { ...kind, content: remembering(name, content, records) }];
    }),
  );
}

function remembering(kind: string, content: Content, records: TextRecords): Content {
  const held = new Map<string, Json>();
  const keyOf = (text: string): string => `${kind}:${digestText(text)}`;
  return {
    ...content,
    comparable: (text) => {
      const known = held.get(text);
      if (known !== undefined) return known;
      const data = content.comparable(text);
      if (held.size >= HELD) held.clear();
      held.set(text, data);
      return data;
    },
    references: (text) => {
      const key = keyOf(text);
      const record = records.get(key);
      if (record?.references !== undefined) return record.references;
      const references = content.references(text);
      records.set(key, { ...record, references });
      return references;
    },
    rename: (text, nameFor) => {
      const key = keyOf(text);
      const record = records.get(key);
      const before = record?.renamed;
      if (before?.answers.every(([named, name, renamed]) => (nameFor(named, name) ?? null) === renamed) === true)
        return { text: applyEdits(text, before.edits), edits: before.edits, ...namedBy(before) };
      const answers: Answered[] = [];
      const renamed = content.rename(text, (named, name) => {
        const answer = nameFor(named, name);
        answers.push([named, name, answer ?? null]);
        return answer;
      });
      records.set(key, { ...record, renamed: { answers, edits: renamed.edits, ...namedBy(renamed) } });
      return renamed;
    },
  };
}

function namedBy({ references }: Pick<RenamedContent, "references">): Pick<RenamedContent, "references"> {
  return references === undefined ? {} : { references };
}
