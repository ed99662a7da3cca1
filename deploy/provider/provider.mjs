// Plays an agency's own OpenID provider, in the tests and in the demonstration; works without a network.
//
// node deploy/provider/provider.mjs '{"port": 9400, "clients": […], "accounts": […]}'
//
// The settings may also come in ENTAKU_PROVIDER. Its first line is `READY <issuer>`, once it listens.
//   port         0 takes any free one
//   issuer       default: http://127.0.0.1:<port>
//   title        whose provider this is, shown on its sign-in page
//   clients      client_id, client_secret, redirect_uris
//   accounts     sub, email, email_verified, name, password
//   idTokenTellsAll  put the e-mail address into the ID token instead of leaving it to userinfo
//   endWithInput     stop when standard input closes, so that it never outlives its starter
import { generateKeyPairSync, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { once } from "node:events";
import { signInPage } from "./pages.mjs";

// The library's warnings advise whoever runs it for real; without them READY is the first line.
console.warn = () => {};
const { Provider } = await import("oidc-provider");

const settings = JSON.parse(process.argv[2] ?? process.env.ENTAKU_PROVIDER ?? "{}");
const accounts = settings.accounts ?? [];

const server = createServer();
server.listen(settings.port ?? 0, "127.0.0.1");
await once(server, "listening");
const issuer = settings.issuer ?? `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: (settings.clients ?? []).map((client) => ({
    grant_types: ["authorization_code"],
    response_types: ["code"],
    token_endpoint_auth_method: "client_secret_basic",
    ...client,
  })),
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: settings.idTokenTellsAll !== true,
  cookies: { keys: [randomBytes(32).toString("base64url")] },
  features: { devInteractions: { enabled: false } },
  findAccount,
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  jwks: { keys: [signingKey()] },
  loadExistingGrant: grantAll,
  pkce: { required: () => true },
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 3600, IdToken: 600, Interaction: 600, Session: 3600 },
});
const speakOpenId = provider.callback();
server.on("request", (request, response) => {
  if (!request.url.startsWith("/interaction/")) return speakOpenId(request, response);
  return interact(request, response).catch(() => {
    response.writeHead(400, { "content-type": "text/plain; charset=utf-8" });
    response.end("この画面は使えなくなりました。最初からやり直してください。");
  });
});
if (settings.endWithInput) process.stdin.resume().on("end", () => process.exit(0));
process.stdout.write(`READY ${issuer}\n`);

function signingKey() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const kid = randomBytes(8).toString("base64url");
  return { ...privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig", kid };
}

async function findAccount(_context, sub) {
  const account = accounts.find((one) => one.sub === sub);
  if (!account) return undefined;
  const { password: _kept, ...claims } = account;
  return { accountId: sub, claims: async () => claims };
}

/** Nobody is asked for consent: the agency itself has connected its provider. */
async function grantAll(context) {
  const { client, session, params } = context.oidc;
  const known = session.grantIdFor(client.clientId);
  if (known) return provider.Grant.find(known);
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(params.scope ?? "openid");
  await grant.save();
  return grant;
}

async function interact(request, response) {
  const { params, prompt } = await provider.interactionDetails(request, response);
  if (prompt.name !== "login") throw new Error(`nothing is shown for ${prompt.name}`);
  if (request.method !== "POST") {
    return show(response, 200, { email: params.login_hint ?? "" });
  }
  const form = new URLSearchParams(await body(request));
  if (form.has("cancel")) {
    return provider.interactionFinished(request, response, { error: "access_denied" });
  }
  const email = (form.get("email") ?? "").trim().toLowerCase();
  const account = accounts.find((one) => one.email === email);
  if (!account || !isSame(account.password ?? "", form.get("password") ?? "")) {
    return show(response, 400, { email, wrong: true });
  }
  return provider.interactionFinished(request, response, { login: { accountId: account.sub } });
}

function show(response, status, given) {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    "cache-control": "no-store",
  });
  response.end(signInPage({ title: settings.title ?? "組織の認証サービス", ...given }));
}

function isSame(one, other) {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

async function body(request) {
  let text = "";
  for await (const piece of request.setEncoding("utf8")) {
    text += piece;
    if (text.length > 10_000) throw new Error("too large");
  }
  return text;
}
