import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import ts from "typescript";

/** What asks for a role, or for a program's token. */
const guards: Record<string, string> = {
  [resolve("app/web/sign-in/operator-session.server.ts")]: "requireOperator",
  [resolve("app/web/server/require-bearer.server.ts")]: "requireBearer",
};

type Work = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.Identifier;

/** The names under which a file's own functions stand, and where each imported name comes from. */
function read(file: string) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const works = new Map<string, Work>();
  const imports = new Map<string, { file: string; name: string }>();
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name) works.set(statement.name.text, statement);
    if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        const isWork = initializer && (ts.isArrowFunction(initializer) || ts.isIdentifier(initializer));
        if (ts.isIdentifier(name) && isWork) works.set(name.text, initializer);
      }
    }
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    const from = ours(file, statement.moduleSpecifier.text);
    if (!from || !bindings || !ts.isNamedImports(bindings)) continue;
    for (const { name, propertyName } of bindings.elements) {
      imports.set(name.text, { file: from, name: (propertyName ?? name).text });
    }
  }
  return { works, imports };
}

function ours(file: string, specifier: string): string | null {
  const base = specifier.startsWith("~/") ? resolve("app", specifier.slice(2)) : resolve(dirname(file), specifier);
  return [`${base}.ts`, `${base}.tsx`].find(existsSync) ?? null;
}

/** True when a function asks before it waits for anything else, and whatever it was sent: not within an `if`. */
export function asksFirst(file: string, name: string): boolean {
  if (guards[file] === name) return true;
  const { works, imports } = read(file);
  const imported = imports.get(name);
  if (imported) return asksFirst(imported.file, imported.name);
  const work = works.get(name);
  if (!work) return false;
  if (ts.isIdentifier(work)) return asksFirst(file, work.text);
  const [first] = work.body ? waits(work.body) : [];
  return first?.called !== undefined && first.isCertain && asksFirst(file, first.called);

  /** In the order of the text: each `await`, and each call of a function that asks. */
  function waits(node: ts.Node, isCertain = true): { called: string | undefined; isCertain: boolean }[] {
    if (ts.isFunctionLike(node)) return [];
    const called = ts.isCallExpression(node) && ts.isIdentifier(node.expression) ? node.expression.text : undefined;
    if (called !== undefined && asksFirst(file, called)) return [{ called, isCertain }];
    const certain = isCertain && !isChoice(node);
    const inside = ts.forEachChild(node, (child) => {
      const found = waits(child, certain);
      return found.length > 0 ? found : undefined;
    });
    if (inside) return inside;
    return ts.isAwaitExpression(node) ? [{ called: undefined, isCertain }] : [];
  }
}

/** What is inside may be left out. */
const isChoice = (node: ts.Node) =>
  ts.isIfStatement(node) ||
  ts.isConditionalExpression(node) ||
  ts.isIterationStatement(node, false) ||
  ts.isSwitchStatement(node) ||
  ts.isTryStatement(node) ||
  (ts.isBinaryExpression(node) && /^(&&|\|\||\?\?)$/.test(node.operatorToken.getText()));
