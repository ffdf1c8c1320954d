import { escapeSegment, parsePointer } from "../model/pointer.ts";
import { compactJson, sortKeys, type Json } from "../model/json.ts";
import type { DriftChange, Edit, ListEdit, ListStep } from "../model/report.ts";
import { isCollection, placeWords } from "./words.ts";

/** One difference as a person is told about it; every form of the report is made from these. */
export interface ToldEdit {
  /** The way from the object to the place, in words. */
  readonly place: readonly string[];
  /** Pointer of the place. */
  readonly path: string;
  /** Something more in the standby than now, something less, another value, or the same item elsewhere. */
  readonly sign: "+" | "-" | "~" | ">";
  /** Name of the thing that is added or removed, where it has one of its own. */
  readonly name?: string;
  readonly before?: Json;
  readonly after?: Json;
  /** Where a moved item was and is going to be, from 1. */
  readonly moved?: { readonly from: number; readonly to: number };
}

/** The differences of an object; lists that gained, lost or moved items in steps, and everything else edit by edit. */
export function toldEdits({ edits, lists = [] }: Pick<DriftChange, "edits" | "lists">): ToldEdit[] {
  const told = new Set<ListEdit>();
  return edits.flatMap((edit) => {
    const list = lists.find(({ path }) => edit.path.startsWith(`${path}/`));
    if (list === undefined) return [toldEdit(edit)];
    if (told.has(list)) return [];
    told.add(list);
    return list.steps.map((step) => toldStep(list.path, step));
  });
}

function toldEdit({ path, before, after }: Edit): ToldEdit {
  const values = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  if (before !== undefined && after !== undefined) return { place: placeWords(path), path, sign: "~", ...values };
  const sign = before === undefined ? "+" : "-";
  const segments = parsePointer(path);
  const [name = "", holder = ""] = segments.slice(-2).reverse();
  const value = before ?? after;
  if (segments.length < 2 || !isMember(holder, name, value)) return { place: placeWords(path), path, sign, ...values };
  const place = placeWords(path.slice(0, -escapeSegment(name).length - 1));
  return { place, path, sign, name: nameIn(holder, name), ...(isAllSaid(name, value) ? {} : values) };
}

/** Does a name say everything that there is of a thing? What a set holds is named by its own text. */
function isAllSaid(name: string, value: Json | undefined): boolean {
  if (value === undefined || value === null || value === true) return true;
  return value === name || compactJson(sortKeys(value)) === name;
}

/** Is it a thing with a name of its own in a map or a set, and not a property of the object? */
function isMember(holder: string, name: string, value: Json | undefined): boolean {
  if (value === name) return true;
  if (/^\d+$/.test(name)) return false;
  return (isCollection(holder) || holder === "properties") && typeof value === "object" && value !== null;
}

function toldStep(path: string, step: ListStep): ToldEdit {
  const place = placeWords(path);
  if (step.op === "move") {
    return { place, path, sign: ">", after: step.value, moved: { from: step.from + 1, to: step.to + 1 } };
  }
  return step.op === "insert"
    ? { place, path, sign: "+", after: step.value }
    : { place, path, sign: "-", before: step.value };
}

/** A reference without its kind where the place names it: the wrap-up code of `wrapUpCodes`. */
function nameIn(holder: string, name: string): string {
  return keyNamed(holder, name) ?? name;
}

/** The key of a reference whose kind the property names; undefined for everything else. */
export function keyNamed(property: string, value: string): string | undefined {
  const slash = value.indexOf("/");
  if (slash <= 0 || !/^[a-z]+(-[a-z]+)*$/.test(value.slice(0, slash))) return undefined;
  const plain = (text: string): string => text.replace(/[-_]/g, "").toLowerCase();
  const [kind, holder] = [plain(value.slice(0, slash)), plain(property)];
  return holder.endsWith(kind) || holder.endsWith(`${kind}s`) ? value.slice(slash + 1) : undefined;
}
