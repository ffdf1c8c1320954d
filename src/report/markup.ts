import { printable } from "../model/printable.ts";

/** HTML that is safe to put into a page. */
export interface Html {
  readonly html: string;
}

const ENTITY: { readonly [mark: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A template of HTML: what is put into it is text, whatever it looks like, unless it is HTML already. */
export function markup(
  parts: TemplateStringsArray,
  ...values: readonly (Html | string | number | readonly Html[])[]
): Html {
  const shown = values.map((value) => {
    if (typeof value === "number") return String(value);
    if (typeof value === "string") return printable(value).replace(/[&<>"']/g, (mark) => ENTITY[mark] ?? "");
    return "html" in value ? value.html : value.map((item) => item.html).join("");
  });
  return { html: String.raw({ raw: parts }, ...shown) };
}

/** No HTML. */
export const NOTHING: Html = { html: "" };
