import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";
import noLiteralText from "./tools/no-literal-text.js";

/**
 * Few rules, each for a mistake that has been made: the types are strict, so
 * what TypeScript already sees is left to it. Layout is Prettier's.
 */
export default ts.config(
  { ignores: ["node_modules/", "**/gen/", "**/*.gen.ts", "**/dist/"] },
  ...ts.configs.recommended,
  {
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Time in state and view comes from the server; what waits goes through one place.
      "no-restricted-properties": [
        "error",
        { object: "document", property: "write", message: "Nothing is written into a page as markup." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "AssignmentExpression > MemberExpression.left[property.name=/^(innerHTML|outerHTML)$/]",
          message: "What people wrote is text, never markup.",
        },
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: "What people wrote is text, never markup.",
        },
        {
          selector: "JSXAttribute[name.name='maxLength']",
          message: "maxLength cuts a paste in silence: show the excess instead.",
        },
      ],
    },
  },
  {
    files: ["desk/**/*.{ts,tsx}", "ui/**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks },
    rules: hooks.configs.recommended.rules,
  },
  {
    files: ["desk/**/*.tsx", "ui/**/*.tsx", "widget/**/*.tsx"],
    ignores: ["**/*.test.tsx", "**/stories/**"],
    plugins: { hiwar: { rules: { "no-literal-text": noLiteralText } } },
    rules: { "hiwar/no-literal-text": "error" },
  },
  {
    files: ["**/*.test.{ts,tsx}", "**/*.spec.ts", "**/e2e/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.property.name='waitForTimeout']",
          message: "A test does not sleep: wait for what should happen.",
        },
        {
          selector:
            "CallExpression[callee.property.name=/^(skip|only|fixme|todo)$/][callee.object.name=/^(test|it|describe)$/]",
          message: "A test is not skipped, and not alone: it runs or it goes.",
        },
      ],
    },
  },
  {
    files: ["*.{js,mjs,ts}", "tools/**", "locales/*.mjs", "**/vite.config.ts"],
    rules: { "no-console": "off" },
  },
);
