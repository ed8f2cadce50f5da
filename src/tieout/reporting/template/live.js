for (const figure of document.querySelectorAll("figure.tieout-chart")) {
  const plot = figure.querySelector(".tieout-plot");
  const spec = JSON.parse(figure.querySelector("script.tieout-spec").textContent);
  spec.width = Math.min(spec.width, plot.clientWidth);
  const live = document.createElement("div");
  // ast: Vega's own interpreter, since the page's policy forbids eval
  vegaEmbed(live, spec, { renderer: "svg", actions: false, ast: true, mode: "vega-lite" })
    .then(() => plot.replaceChildren(live))
    .catch((error) => console.warn(error));
}
