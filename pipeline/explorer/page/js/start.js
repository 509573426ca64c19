"use strict";
// The one name the page adds to the browser's own. A page opened from a file may load scripts but fetch nothing,
// so data come as scripts too: each calls CW.put once with its name and a value.
const CW = { views: {} };

{
  const kept = new Map();
  const waiting = new Map();
  const LARGE = /^(?:texts|facts)-/;
  const MOST = 120;
  // Only names of our own making may become the address of a script; with Trusted Types the browser enforces it.
  const NAME = /^[a-z]+(?:-[0-9a-z-]+)?$/;
  const address = (name) => {
    if (!NAME.test(name)) throw new Error(`no data file is called ${name}`);
    return `data/${name}.js`;
  };
  const policy = window.trustedTypes
    ? window.trustedTypes.createPolicy("data-files", { createScriptURL: address })
    : { createScriptURL: address };

  CW.put = (name, value) => {
    kept.set(name, value);
  };

  // Return a promise of what a data file puts; texts and facts looked at longest ago are let go.
  CW.load = (name) => {
    if (kept.has(name)) {
      const value = kept.get(name);
      kept.delete(name);
      kept.set(name, value);
      return Promise.resolve(value);
    }
    if (!waiting.has(name))
      waiting.set(
        name,
        insert(name).finally(() => waiting.delete(name)),
      );
    return waiting.get(name);
  };

  function insert(name) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.charset = "utf-8";
      script.src = policy.createScriptURL(name);
      script.onload = () => {
        script.remove();
        if (!kept.has(name)) return failed(new Error(`data/${name}.js is damaged; make the folder again with crisiswatch explore`));
        letGo();
        return done(kept.get(name));
      };
      script.onerror = () => {
        script.remove();
        failed(new Error(`data/${name}.js cannot be read; make the folder again with crisiswatch explore`));
      };
      document.head.append(script);
    });
  }

  function letGo() {
    const large = [...kept.keys()].filter((name) => LARGE.test(name));
    for (const name of large.slice(0, Math.max(0, large.length - MOST))) kept.delete(name);
  }
}
