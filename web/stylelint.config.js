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
    // What the plug-in leaves alone: values and functions with a side.
    "declaration-property-value-disallowed-list": {
      "/^(text-align|float|clear|caption-side)$/": ["left", "right"],
      "/^border-(top|bottom)-(left|right)-radius$/": [/./],
      "/^background-position(-x)?$/": [/\b(left|right)\b/],
      "/^transform-origin$/": [/\b(left|right)\b/],
      "/^(-webkit-)?mask-position(-x)?$/": [/\b(left|right)\b/],
    },
    "custom-property-pattern": null, // tokens are grouped with dots and dashes as the design names them
    "selector-class-pattern": null, // CSS modules: names become properties in TypeScript
    "no-descending-specificity": null, // layers order what specificity would
  },
};
