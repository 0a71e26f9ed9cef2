// The portal's style sheet. The pages load no other asset.

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f6f4; --sheet: #ffffff; --ink: #1a1a1e; --soft: #63636e; --line: #e4e4e0;
  --accent: #2f5bea; --on-accent: #ffffff; --accent-wash: #eef2ff;
  --good: #0d7a4a; --good-wash: #e5f6ed; --bad: #b3261e; --bad-wash: #fdeceb;
  --wait: #8a5a00; --wait-wash: #fdf3dc; --quiet-wash: #efefec; --strip: #1a1a1e;
  --shadow: 0 1px 2px rgb(20 20 30 / 5%), 0 8px 24px -12px rgb(20 20 30 / 12%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1013; --sheet: #17181d; --ink: #f1f1f4; --soft: #a0a1ad; --line: #2a2c34;
    --accent: #8ea8ff; --on-accent: #10131f; --accent-wash: #1d2440;
    --good: #5fd39a; --good-wash: #12291f; --bad: #ff8f87; --bad-wash: #331817;
    --wait: #f0bf62; --wait-wash: #2e2410; --quiet-wash: #23252c; --strip: #2a2d37; --shadow: none;
  }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); line-height: 1.5;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; -webkit-text-size-adjust: 100% }
a { color: var(--accent); text-underline-offset: 3px }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 6px }
h1, h2, p { margin: 0 }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.02em; text-wrap: balance }
h2 { font-size: 1rem; letter-spacing: -.005em }
.strip { background: var(--strip); color: #f6f6f4; font-size: .8125rem; text-align: center; padding: .3rem 1rem }
.wrap { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem }
header.top { background: var(--sheet); border-bottom: 1px solid var(--line) }
.top .wrap { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 2rem; padding-top: .875rem }
.brand { display: flex; align-items: center; gap: .625rem; font-weight: 650; color: inherit; text-decoration: none }
.mark { width: 2rem; height: 2rem; border-radius: .5rem; display: grid; place-items: center; font-size: .9375rem;
  background: linear-gradient(140deg, #2f5bea, #7a3ff2); color: #fff }
.who { margin-left: auto; text-align: right; font-size: .875rem; line-height: 1.35 }
.who b { font-weight: 600 }
.who .soft { display: block }
nav { flex-basis: 100%; display: flex; gap: 1.5rem; margin-top: .5rem; overflow-x: auto }
nav a { color: var(--soft); text-decoration: none; padding: .625rem 0 .75rem; border-bottom: 2px solid transparent;
  font-size: .9375rem; white-space: nowrap }
nav a:hover { color: var(--ink) }
nav a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 600 }
main { padding: 2.25rem 0 3rem; display: grid; gap: 1.5rem }
.crumb { font-size: .875rem; display: inline-block; margin-bottom: .5rem; color: var(--soft); text-decoration: none }
.crumb:hover { color: var(--ink) }
.whole { white-space: nowrap; display: inline-block }
.title { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center }
.soft { color: var(--soft) }
.small { font-size: .875rem }
.sheet { background: var(--sheet); border: 1px solid var(--line); border-radius: .875rem; box-shadow: var(--shadow) }
.sheet > h2, .sheet > .head { padding: 1rem 1.25rem; border-bottom: 1px solid var(--line) }
.pad { padding: 1.25rem }
.stack { display: grid; gap: .875rem }
ul.rows { list-style: none; margin: 0; padding: 0 }
.rows li + li { border-top: 1px solid var(--line) }
.row { display: flex; align-items: center; gap: .25rem 1rem; padding: 1rem 1.25rem; color: inherit; text-decoration: none }
a.row:hover { background: var(--accent-wash) }
.rows li:last-child .row { border-radius: 0 0 .875rem .875rem }
.row .grow { flex: 1; min-width: 0 }
.row .name { font-weight: 600; display: block; overflow-wrap: anywhere }
.row .end { text-align: right; font-variant-numeric: tabular-nums; display: grid; gap: .25rem; justify-items: end }
.badge { font-size: .8125rem; font-weight: 600; padding: .0625rem .625rem; border-radius: 1rem; white-space: nowrap }
.badge.good { color: var(--good); background: var(--good-wash) }
.badge.bad { color: var(--bad); background: var(--bad-wash) }
.badge.wait { color: var(--wait); background: var(--wait-wash) }
.badge.quiet { color: var(--soft); background: var(--quiet-wash) }
.note { border-radius: .875rem; padding: 1rem 1.25rem; display: grid; gap: .625rem; border: 1px solid transparent }
.note.bad { background: var(--bad-wash); border-color: color-mix(in srgb, var(--bad) 30%, transparent) }
.note.good { background: var(--good-wash); border-color: color-mix(in srgb, var(--good) 30%, transparent) }
.note.wait { background: var(--wait-wash); border: 1px dashed color-mix(in srgb, var(--wait) 55%, transparent) }
.note b { font-weight: 650 }
.note.bad > b { color: var(--bad) } .note.good > b { color: var(--good) } .note.wait > b { color: var(--wait) }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center }
button, .button { font: inherit; font-weight: 600; font-size: .9375rem; border: 1px solid var(--accent); cursor: pointer;
  background: var(--accent); color: var(--on-accent); border-radius: .625rem; padding: .625rem 1.125rem;
  text-decoration: none; display: inline-block; min-height: 2.75rem }
button:hover, .button:hover { filter: brightness(1.08) }
.button.plain { background: transparent; color: var(--ink); border-color: color-mix(in srgb, var(--ink) 25%, transparent) }
dl { margin: 0; display: grid; gap: .5rem }
dl div { display: flex; justify-content: space-between; gap: 1.5rem }
dt { color: var(--soft); white-space: nowrap } dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
dl.sum { border-top: 1px solid var(--line); padding: 1rem 1.25rem }
dl.sum .total { font-weight: 650; border-top: 1px solid var(--line); padding-top: .75rem; margin-top: .25rem }
dl.sum .total dt { color: inherit }
.line { display: flex; justify-content: space-between; gap: 1.5rem; padding: 1rem 1.25rem; font-variant-numeric: tabular-nums }
.columns { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); align-items: start }
.plastic { width: 3rem; height: 2rem; border-radius: .375rem; flex: none; color: #fff; display: grid; place-items: center;
  background: linear-gradient(135deg, #30343f, #5b6275); font-size: .625rem; font-weight: 700; letter-spacing: .04em }
label.pick { display: flex; gap: .75rem; align-items: center; border: 1px solid var(--line); border-radius: .75rem; padding: .75rem 1rem; cursor: pointer }
.pick small { display: block; color: var(--soft); font-size: .875rem }
label.pick:has(:checked) { border-color: var(--accent); background: var(--accent-wash) }
fieldset { border: 0; padding: 0; margin: 0; display: grid; gap: .625rem }
legend { padding: 0; margin-bottom: .625rem }
.narrow { max-width: 26rem; margin: 0 auto; width: 100% }
label.field { display: grid; gap: .375rem; font-weight: 600; font-size: .9375rem }
input[type=email], input[type=text] { font: inherit; font-weight: 400; color: inherit; background: var(--page); width: 100%;
  border: 1px solid color-mix(in srgb, var(--ink) 25%, transparent); border-radius: .625rem; padding: .625rem .75rem; min-height: 2.75rem }
.code { font: 600 1.75rem/1.2 ui-monospace, SFMono-Regular, Menlo, monospace; letter-spacing: .16em }
footer { border-top: 1px solid var(--line); padding: 1.25rem 0 2.5rem; font-size: .8125rem; color: var(--soft) }
footer .wrap { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; justify-content: space-between }
code { font: .9em ui-monospace, SFMono-Regular, Menlo, monospace }
@media (max-width: 40rem) {
  h1 { font-size: 1.5rem }
  main { padding-top: 1.5rem }
  .columns { grid-template-columns: minmax(0, 1fr) }
  .who { margin: .375rem 0 0; flex-basis: 100%; text-align: left; overflow-wrap: anywhere }
  .row .end { flex: none }
  .actions > * , form.wide button { width: 100%; text-align: center }
}
`
