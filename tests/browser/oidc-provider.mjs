// The certified OpenID provider `oidc-provider`, over TLS at a free port of this computer, until its input is closed.
// Usage: node oidc-provider.mjs CERTIFICATE KEY CLIENTS, where CLIENTS is the list of applications as JSON. Prints where it is.
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";

import Provider from "oidc-provider";

const PATH = "/oidc"; // MSAL demands a path
const [certificate, key, clients] = process.argv.slice(2);
const signing = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });

const settings = {
  clients: JSON.parse(clients),
  clientAuthMethods: ["client_secret_post", "private_key_jwt"],
  enabledJWA: { clientAuthSigningAlgValues: ["PS256"], idTokenSigningAlgValues: ["RS256"] },
  jwks: { keys: [{ ...signing, alg: "RS256", kid: "signing", use: "sig" }] },
  cookies: { keys: ["signs the cookies of a test"] },
  pkce: { required: () => true },
  claims: { openid: ["sub"], profile: ["email", "preferred_username"] },
  conformIdTokenClaims: false, // the claims are in the ID token, as Microsoft's are
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: id, preferred_username: id }) }),
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
};

const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) });
server.listen(0, "127.0.0.1", () => {
  const issuer = `https://localhost:${server.address().port}${PATH}`;
  const answer = new Provider(issuer, settings).callback();
  server.on("request", (request, response) => {
    request.originalUrl = request.url;
    request.url = request.url.startsWith(`${PATH}/`) ? request.url.slice(PATH.length) : "/nowhere";
    answer(request, response);
  });
  console.log(issuer);
});
process.stdin.on("end", () => process.exit()).resume();
