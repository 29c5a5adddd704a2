/**
 * The small changes that can be made to a file, as a plugin of `deno lint`: so the parser is Deno's
 * own. Each change is reported as a diagnostic whose message is {@linkcode Change} as JSON.
 *
 * Words for people, which are strings with white space and templates, stay as they are.
 *
 * @module
 */

import { patternChanges } from "./pattern_changes.ts";

/** A change to a text. */
export interface Change {
  /** Where the part begins that is replaced, in UTF-16 code units. */
  readonly start: number;
  /** Where that part ends. */
  readonly end: number;
  /** What takes its place. */
  readonly to: string;
}

/** What is confused with each operator. */
const OPERATORS: Readonly<Record<string, string>> = {
  "===": "!==",
  "!==": "===",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "&": "|",
  "|": "&",
  "++": "--",
  "--": "++",
  "+=": "-=",
  "-=": "+=",
  "??=": "=",
  "||=": "=",
};

/** Methods that are confused with each other. */
const METHODS: ReadonlyMap<string, string> = new Map(Object.entries({
  every: "some",
  some: "every",
  find: "findLast",
  findLast: "find",
  findIndex: "findLastIndex",
  findLastIndex: "findIndex",
  indexOf: "lastIndexOf",
  lastIndexOf: "indexOf",
  startsWith: "endsWith",
  endsWith: "startsWith",
  max: "min",
  min: "max",
}));

/** Methods that give a value of the kind that they are called on. */
const PASSING = new Set([
  ..."filter normalize replace replaceAll reverse slice sort subarray toLowerCase".split(" "),
  ..."toReversed toSorted toUpperCase trim trimEnd trimStart".split(" "),
]);

/** What needs parentheses where an operand stood. */
const LOOSE = new Set([
  ..."ArrowFunctionExpression AssignmentExpression AwaitExpression ConditionalExpression".split(
    " ",
  ),
  ..."LogicalExpression ObjectExpression TSAsExpression TSSatisfiesExpression".split(" "),
]);

/** Where a string is a name of something, which must be what it is. */
const NAMING = new Set([
  ..."ExportAllDeclaration ExportNamedDeclaration ImportAttribute ImportDeclaration".split(" "),
  ..."ImportExpression TSLiteralType".split(" "),
]);

type Node = Deno.lint.Node;

/** A node that stands in another one. */
type Inner = Extract<Node, { readonly parent: Node }>;

const plugin: Deno.lint.Plugin = {
  name: "mutate",
  rules: { changes: { create } },
};
export default plugin;

function create(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const { sourceCode } = context;

  function propose(start: number, end: number, to: string): void {
    const change: Change = { start, end, to };
    context.report({ range: [start, end], message: JSON.stringify(change) });
  }

  function replace({ range: [start, end] }: Node, to: string): void {
    propose(start, end, to);
  }

  function operand(node: Node): string {
    const text = sourceCode.getText(node);
    return LOOSE.has(node.type) ? `(${text})` : text;
  }

  /** Another operator, which stands somewhere between two places. */
  function operate(operator: string, from: number, until: number): void {
    const other = OPERATORS[operator];
    const start = sourceCode.text.indexOf(operator, from);
    if (other !== undefined && start >= 0 && start < until) {
      propose(start, start + operator.length, other);
    }
  }

  /** Each of the members of a list dropped, with a comma. */
  function drop(members: readonly (Node | null)[]): void {
    for (const [index, member] of members.entries()) {
      if (member === null) continue;
      const before = members[index - 1];
      const after = members[index + 1];
      if (after) propose(member.range[0], after.range[0], "");
      else propose(before ? endOf(before) : member.range[0], endOf(member), "");
    }
  }

  function remove(statement: Inner): void {
    if (!isAllOfIf(statement)) replace(statement, ";");
  }

  function decide(test: Node | null, ...outcomes: string[]): void {
    if (test && test.type !== "Literal") { for (const outcome of outcomes) replace(test, outcome); }
  }

  return {
    BinaryExpression(node): void {
      if (node.operator === "+" && isText(node)) return;
      if (/^[!=]==$/.test(node.operator) && isDecision(node)) return;
      operate(node.operator, node.left.range[1], node.right.range[0]);
    },
    LogicalExpression(node): void {
      if (node.parent.type === "LogicalExpression" && node.parent.operator === node.operator) {
        return;
      }
      const operands = operandsOf(node, node.operator);
      for (const dropped of operands) {
        const others = operands.filter((other) => other !== dropped).map(operand);
        replace(node, others.join(` ${node.operator} `));
      }
    },
    ConditionalExpression(node): void {
      replace(node, operand(node.consequent));
      replace(node, operand(node.alternate));
    },
    UnaryExpression(node): void {
      if (node.operator === "-" || (node.operator === "!" && !isDecision(node))) {
        replace(node, operand(node.argument));
      }
    },
    UpdateExpression(node): void {
      operate(node.operator, node.range[0], node.range[1]);
    },
    AssignmentExpression(node): void {
      operate(node.operator, node.left.range[1], node.right.range[0]);
    },
    IfStatement(node): void {
      decide(node.test, "true", "false");
    },
    WhileStatement(node): void {
      decide(node.test, "false");
    },
    ForStatement(node): void {
      decide(node.test, "false");
    },
    ExpressionStatement: remove,
    ThrowStatement: remove,
    BreakStatement: remove,
    ContinueStatement: remove,
    ReturnStatement(node): void {
      if (node.argument === null) remove(node);
    },
    ArrayExpression(node): void {
      drop(node.elements);
    },
    ObjectExpression(node): void {
      drop(node.properties);
    },
    CallExpression(node): void {
      if (node.callee.type !== "MemberExpression") return;
      const { object, property } = node.callee;
      if (property.type !== "Identifier") return;
      if (PASSING.has(property.name)) replace(node, operand(object));
      const other = METHODS.get(property.name);
      if (other !== undefined) replace(property, other);
    },
    Literal(node): void {
      const { parent } = node;
      if (NAMING.has(parent.type)) return;
      // Deno gives every literal all of the properties.
      if ("regex" in node && node.regex) {
        for (const { start, end, to } of patternChanges(node.regex.pattern, node.regex.flags)) {
          propose(node.range[0] + 1 + start, node.range[0] + 1 + end, to);
        }
      } else if (typeof node.value === "boolean") {
        replace(node, String(!node.value));
      } else if (typeof node.value === "number") {
        replace(node, otherNumber(sourceCode.getText(node)));
      } else if (typeof node.value === "string" && /^\S+$/.test(node.value)) {
        // What is in a list is dropped from it, and a comparison is turned round as a whole.
        if (parent.type === "ArrayExpression" || parent.type === "BinaryExpression") return;
        if (parent.type === "Property" && parent.key === node) return;
        replace(node, '""');
      }
    },
  };
}

/** Whether a condition decides a statement or a value, and is changed to each outcome there. */
function isDecision(node: Inner): boolean {
  const { parent } = node;
  return (parent.type === "IfStatement" || parent.type === "ConditionalExpression") &&
    parent.test === node;
}

/** Whether a statement is all that an `if` does: without it the `if` never happens. */
function isAllOfIf(statement: Inner): boolean {
  const { parent } = statement;
  if (parent.type === "IfStatement") return parent.alternate === null;
  return parent.type === "BlockStatement" && parent.body.length === 1 && isAllOfIf(parent);
}

/** Whether an addition joins text. */
function isText(node: Node): boolean {
  if (node.type === "TemplateLiteral") return true;
  if (node.type === "Literal") return typeof node.value === "string";
  return node.type === "BinaryExpression" && (isText(node.left) || isText(node.right));
}

/** The operands of `a && b && c`, from left to right. */
function operandsOf(node: Node, operator: string): Node[] {
  if (node.type !== "LogicalExpression" || node.operator !== operator) return [node];
  return [...operandsOf(node.left, operator), ...operandsOf(node.right, operator)];
}

/** Where a node ends: Deno takes the three dots alone for the range of `...a` [Deno 2.9]. */
function endOf(node: Node): number {
  return node.type === "SpreadElement" ? node.argument.range[1] : node.range[1];
}

/** One bit less, one more, or so much more that a wait is a hang. */
function otherNumber(text: string): string {
  const value = Number(text.replaceAll("_", ""));
  const base = { "0x": 16, "0o": 8, "0b": 2 }[text.slice(0, 2).toLowerCase()];
  if (base !== undefined && value > 0) {
    const less = (value & (value - 1)).toString(base);
    return text.slice(0, 2) + less.padStart(text.length - 2, "0");
  }
  return String(value < 10 ? value + 1 : value * 100);
}
