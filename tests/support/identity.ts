/**
 * A certificate for this machine, by an authority that nobody knows.
 *
 * @module
 */

import { join } from "../support/join.ts";

/** What a server shows that it is who it is. */
export interface Identity {
  /** The certificate, as PEM. */
  readonly cert: string;
  /** Its key, as PEM. */
  readonly key: string;
  /** The path of the authority's certificate: what clients have to trust. */
  readonly authority: string;
}

/** A key on a curve, which is quicker to make than an RSA key. */
const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

/**
 * Makes one, with `openssl`.
 *
 * @param folder Where its files go; they are valid for a day.
 * @returns The identity, which is good for `127.0.0.1` and `localhost`.
 */
export function makeIdentity(folder: string): Identity {
  const path = (name: string) => join(folder, name);
  const authority = ["-x509", "-subj", "/CN=nobody", "-addext", "keyUsage=keyCertSign"];
  const out = (name: string) => ["-keyout", path(`${name}.key`), "-out", path(`${name}.pem`)];
  openssl("req", ...KEY, ...authority, "-days", "1", ...out("authority"));
  openssl("req", ...KEY, "-subj", "/CN=localhost", ...out("request"));
  Deno.writeTextFileSync(path("extensions"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
  openssl(
    ...["x509", "-req", "-in", path("request.pem"), "-out", path("server.pem"), "-days", "1"],
    ...["-CA", path("authority.pem"), "-CAkey", path("authority.key"), "-CAcreateserial"],
    ...["-extfile", path("extensions")],
  );
  return {
    cert: Deno.readTextFileSync(path("server.pem")),
    key: Deno.readTextFileSync(path("request.key")),
    authority: path("authority.pem"),
  };
}

function openssl(...args: string[]): void {
  const { success, stderr } = new Deno.Command("openssl", { args }).outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
