// The one page the playing provider shows: a plain form without script.

const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const safe = (text) => String(text).replace(/[&<>"']/g, (sign) => escapes[sign]);

const style = `
body { margin: 0; background: #f2f2f2; color: #1a1a1a; font: 16px/1.7 sans-serif; }
main { box-sizing: border-box; max-width: 26rem; margin: 3rem auto; padding: 1.5rem 2rem 2rem; background: #fff; border: 1px solid #949494; border-radius: 8px; }
h1 { margin: 0 0 1rem; font-size: 1.25rem; }
label { display: block; margin-top: 1rem; font-weight: 700; }
input { box-sizing: border-box; width: 100%; padding: 0.5rem; border: 1px solid #333; border-radius: 6px; font: inherit; }
button { margin-top: 1.5rem; padding: 0.5rem 1.5rem; border: 1px solid #333; border-radius: 6px; background: #fff; font: inherit; }
button.first { border-color: #333; background: #333; color: #fff; }
.wrong { color: #a30000; font-weight: 700; }
`;

/** Sign-in of the organisation: `wrong` says that the last try was not right. */
export function signInPage({ title, email, wrong }) {
  return `<!doctype html>
<html lang="ja">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${safe(title)}｜サインイン</title><style>${style}</style></head>
<body><main>
<h1>${safe(title)}</h1>
${wrong ? '<p class="wrong" role="alert">メールアドレスまたはパスワードが違います。</p>' : ""}
<form method="post">
<label for="email">組織のメールアドレス</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${safe(email)}">
<label for="password">パスワード</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit" class="first">サインイン</button>
<button type="submit" name="cancel" value="1" formnovalidate>やめる</button>
</form>
</main></body>
</html>
`;
}
