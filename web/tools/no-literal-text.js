/**
 * ESLint rule: what people read comes from the catalogues.
 *
 * A word typed into a component exists in one language only. This rule reports
 * letters in JSX text, in strings used as JSX children, and in the attributes
 * that a browser or a screen reader shows or speaks. Digits, punctuation and
 * symbols are not words; the product's own name is the same in both languages.
 */
const spoken = new Set([
  "alt",
  "aria-description",
  "aria-label",
  "aria-placeholder",
  "aria-roledescription",
  "aria-valuetext",
  "description",
  "errorMessage",
  "label",
  "placeholder",
  "title",
]);

const allowed = new Set(["Hiwar", "حوار", "RONA"]);

const hasWords = (text) => /\p{L}/u.test(text) && !allowed.has(text.trim());

/** The strings an expression may turn into: literals, templates, both arms of a choice. */
function* literals(node) {
  switch (node?.type) {
    case "Literal":
      if (typeof node.value === "string") yield [node, node.value];
      break;
    case "TemplateLiteral":
      for (const part of node.quasis) yield [part, part.value.cooked ?? ""];
      break;
    case "ConditionalExpression":
      yield* literals(node.consequent);
      yield* literals(node.alternate);
      break;
    case "LogicalExpression":
      if (node.operator !== "&&") yield* literals(node.left);
      yield* literals(node.right);
      break;
    case "BinaryExpression":
      if (node.operator === "+") {
        yield* literals(node.left);
        yield* literals(node.right);
      }
      break;
    case "JSXExpressionContainer":
      yield* literals(node.expression);
      break;
  }
}

export default {
  meta: {
    type: "problem",
    docs: { description: "text that people read comes from web/locales" },
    messages: {
      literal: "'{{text}}' is text that people read: it belongs in web/locales, in both languages.",
    },
    schema: [],
  },
  create(context) {
    const report = (node, text) =>
      context.report({ node, messageId: "literal", data: { text: text.trim().slice(0, 40) } });
    const check = (node) => {
      for (const [at, text] of literals(node)) if (hasWords(text)) report(at, text);
    };
    return {
      JSXText(node) {
        if (hasWords(node.value)) report(node, node.value);
      },
      JSXExpressionContainer(node) {
        if (node.parent.type === "JSXElement" || node.parent.type === "JSXFragment") check(node);
      },
      JSXAttribute(node) {
        if (node.name.type === "JSXIdentifier" && spoken.has(node.name.name)) check(node.value);
      },
    };
  },
};
