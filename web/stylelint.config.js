/**
 * One style sheet serves both directions, so it knows start and end, never
 * left and right. Physical properties and values are errors; the formatting is
 * Prettier's business.
 */
export default {
  extends: ["stylelint-config-standard"],
  plugins: ["stylelint-use-logical"],
  ignoreFiles: ["node_modules/**", "**/dist/**"],
  rules: {
    "csstools/use-logical": ["always", { severity: "error" }],
    // What the plug-in leaves alone: shorthands and values that have a side.
    "declaration-property-value-disallowed-list": {
      // Four values whose second and fourth differ are left and right.
      "/^(margin|padding|inset|border-width|border-style|border-color)$/": [
        /^\S+\s+(\S+)\s+\S+\s+(?!\1$)\S+$/,
      ],
      // Corners: only "a" and "a a b b" look the same in a mirror.
      "border-radius": [/^(?!(\S+)\s+\1(\s+(\S+)\s+\3)?$)\S+\s+\S+/],
      "/^background-position(-x)?$/": [/\b(left|right)\b/],
      "/^(-webkit-)?mask-position(-x)?$/": [/\b(left|right)\b/],
      "/^(transform|perspective)-origin$/": [/\b(left|right)\b/],
    },
    "import-notation": "string",
    "at-rule-empty-line-before": null, // layout is Prettier's
    "comment-empty-line-before": null,
    "custom-property-empty-line-before": null,
    "declaration-empty-line-before": null,
    "rule-empty-line-before": null,
    "custom-property-pattern": null, // tokens keep the names the design gives them
    "selector-class-pattern": null, // CSS modules: names become properties in TypeScript
    "no-descending-specificity": null, // layers order what specificity would
  },
};
