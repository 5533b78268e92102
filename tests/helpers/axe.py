"""What axe, the checker of accessibility, finds wrong with a page in a browser."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

# Contrast is nine tenths of what axe has to work for: it looks up what lies under every text. It
# depends on nothing but styles, so the first text of each style is looked at. Two texts are of one
# style if they and all that they lie in have the same name, classes, colours, opacity and font.
_FAULTS = """async () => {
    const styles = new Map(), within = new Map(), texts = new Map();
    for (const one of document.querySelectorAll('*')) {
        const { color, backgroundColor, backgroundImage, opacity, filter, fontSize, fontWeight } =
            getComputedStyle(one);
        const style = [within.get(one.parentElement), one.localName, one.getAttribute('class'),
            color, backgroundColor, backgroundImage, opacity, filter, fontSize, fontWeight].join();
        if (!styles.has(style)) styles.set(style, styles.size);
        within.set(one, styles.get(style));
        const speaks = one.matches('input, select, textarea')
            || [...one.childNodes].some(part => part.nodeType === 3 && part.data.trim());
        if (speaks && !texts.has(style) && one.checkVisibility({ visibilityProperty: true }))
            texts.set(style, one);
    }
    const found = [
        await axe.run({ rules: { 'color-contrast': { enabled: false } } }),
        await axe.run({ include: [...texts.values()] }, { runOnly: ['color-contrast'] }),
    ];
    return found.flatMap(one => one.violations)
        .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target}`));
}"""


def faults(page: Any) -> list[str]:
    """Return the rule and the place of each fault that axe finds on a page."""
    page.evaluate(AXE_SCRIPT)
    return page.evaluate(_FAULTS)
