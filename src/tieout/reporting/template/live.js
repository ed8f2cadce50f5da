for (const figure of document.querySelectorAll("figure.tieout-chart")) {
  const plot = figure.querySelector(".tieout-plot");
  const spec = JSON.parse(figure.querySelector("script.tieout-spec").textContent);
  spec.width = Math.min(spec.width, plot.clientWidth);
  const live = document.createElement("div");
  // ast: Vega's own interpreter, since the page's policy forbids eval
  vegaEmbed(live, spec, { renderer: "svg", actions: false, ast: true, mode: "vega-lite" })
    .then(() => {
      // to those who listen it stays one picture with one message
      live.setAttribute("role", "img");
      live.removeAttribute("aria-roledescription");
      live.querySelector("svg").setAttribute("aria-hidden", "true");
      plot.replaceChildren(live);
    })
    .catch((error) => console.warn(error));
}
