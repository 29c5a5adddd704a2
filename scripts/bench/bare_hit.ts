// What a hit cannot do without asking of Deno, and nothing else: no check, no choice, no message. The
// only argument is the file of the key. No TypeScript, as it is also run like a bundle.
const home = Deno.env.get("HOME");
for (const name of ["OP_ITEM", "OP_FIELD", "OP_ACCOUNT", "CLAUDE_KEY_TTL"]) Deno.env.get(name);

const configuration = `${home}/.config/claude/local.env`;
Deno.statSync(configuration);
const settings = Deno.readTextFileSync(configuration);

const folder = Deno.realPathSync(`${home}/.cache/claude`);
Deno.permissions.requestSync({ name: "read", path: folder });
Deno.permissions.revokeSync({ name: "read", path: "/" });
Deno.permissions.requestSync({ name: "write", path: folder });
Deno.permissions.revokeSync({ name: "write", path: "/" });
Deno.permissions.revokeSync({ name: "env" });

await crypto.subtle.digest("SHA-256", new TextEncoder().encode(settings));
const path = `${folder}/${Deno.args[0]}`;
Deno.lstatSync(path);
Deno.uid();
Deno.stdout.writeSync(Deno.readFileSync(path));
Deno.exit(0);
