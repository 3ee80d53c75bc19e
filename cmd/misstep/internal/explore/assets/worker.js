// A worker of the page: the first message brings the engine, which answers all that follow.
onmessage = async ({ data }) => {
  try {
    onmessage = null;
    const go = new Go();
    const instance = await WebAssembly.instantiate(data.module, go.importObject);
    await go.run(instance);
    throw new Error("the engine ended");
  } catch (e) {
    setTimeout(() => { throw e; }); // as an error of the worker, which the page replaces
  }
};
