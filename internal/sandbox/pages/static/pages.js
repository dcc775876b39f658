// What the pages do beyond what they do without a script: boxes submit
// themselves, and the page follows what happens. Parts of a page that somebody
// is writing in are left alone.
(() => {
  'use strict';
  const sent = new Map(); // by key: a part's HTML as it came, whatever was opened in it since
  const pending = new Map(); // by id: boxes that were set and are not saved yet
  let turn = Promise.resolve();
  const queue = (job) => (turn = turn.then(job).catch(() => bar(true)));

  const bar = (on) => {
    const b = document.querySelector('[data-bar]');
    if (b) b.hidden = !on;
  };
  const parts = (root) => root.querySelectorAll('[data-region], [data-key]');
  const keyOf = (part) => part.dataset.key || part.dataset.region;
  const note = (part) => sent.set(keyOf(part), part.outerHTML);
  const busy = (part) =>
    part.querySelector('details[data-keep][open]') ||
    [...part.querySelectorAll('textarea')].some((t) => t.value !== t.defaultValue);

  // update puts a part's new state in its place, what is unfolded staying so.
  const update = (old, next) => {
    if (sent.get(keyOf(next)) === next.outerHTML) return true;
    if (busy(old)) return false;
    note(next);
    const unfolded = [...old.querySelectorAll('details')].map((d) => d.open);
    next.querySelectorAll('details').forEach((d, i) => { if (unfolded[i]) d.open = true; });
    const focused = old.contains(document.activeElement) && document.activeElement.id;
    old.replaceWith(next);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    return true;
  };

  // swap makes the page what a freshly loaded one is.
  const swap = (html) => {
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    if (!fresh.body.dataset.live) throw new Error('another page');
    let whole = true;
    const have = new Map([...parts(document)].map((p) => [keyOf(p), p]));
    let after = null;
    for (const next of [...parts(fresh)]) {
      const old = have.get(keyOf(next));
      have.delete(keyOf(next));
      const adopted = document.importNode(next, true);
      if (old) whole = update(old, adopted) && whole;
      else if (next.dataset.key) {
        note(adopted);
        if (after) document.querySelector(`[data-key="${after}"]`).after(adopted);
      }
      if (next.dataset.key) after = next.dataset.key;
    }
    for (const [, gone] of have) if (gone.dataset.key && !busy(gone)) gone.remove();
    const styles = fresh.querySelector('link[data-labels]');
    const link = document.querySelector('link[data-labels]');
    if (styles && link && link.getAttribute('href') !== styles.getAttribute('href')) link.setAttribute('href', styles.getAttribute('href'));
    document.title = fresh.title;
    if (fresh.body.dataset.live) document.body.dataset.live = fresh.body.dataset.live;
    for (const [id, on] of pending) {
      const box = document.getElementById(id);
      if (box) box.checked = on;
    }
    bar(!whole);
  };
  const reload = () => queue(async () => {
    const answer = await fetch(location.href, { cache: 'no-store' });
    if (answer.ok) swap(await answer.text());
  });

  // A box submits its form at once; one after the other, in the order of ticking.
  document.addEventListener('change', (event) => {
    const box = event.target;
    if (!box.matches('input.task[form]')) return;
    const on = box.checked;
    pending.set(box.id, on);
    queue(async () => {
      const current = document.getElementById(box.id) || box;
      const form = new URLSearchParams(new FormData(current.form));
      form.set('task', `${on ? 'on' : 'off'}.${current.value}`);
      if (pending.get(box.id) === on) pending.delete(box.id);
      const answer = await fetch(current.form.action, { method: 'POST', body: form });
      if (!answer.ok && !pending.has(box.id)) current.checked = current.defaultChecked;
      swap(await answer.text());
      if (!answer.ok) document.querySelector('.alert')?.scrollIntoView({ block: 'center' });
    });
  });

  // follow listens while the page is looked at: a browser has few connections.
  let source = null;
  const follow = () => {
    const looking = document.visibilityState === 'visible' && document.body.dataset.live;
    if (looking && !source) {
      source = new EventSource(document.body.dataset.live);
      source.onmessage = reload;
    } else if (!looking && source) {
      source.close();
      source = null;
    }
  };
  document.addEventListener('visibilitychange', follow);
  addEventListener('pagehide', () => { source?.close(); source = null; });
  addEventListener('pageshow', follow);

  // Headings' ids are prefixed; links from elsewhere do not know.
  const jump = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    if (name && !document.getElementById(name)) document.getElementById(`user-content-${name}`)?.scrollIntoView();
  };
  addEventListener('hashchange', jump);

  for (const part of parts(document)) note(part);
  follow();
  jump();
})();
