"""Reads reStructuredText, a JSON list on stdin, and says what Docutils makes of each.

Writes a JSON list: of each document its parts in a paragraph alone, as ["text", text] or
["reference", text, address]; else what it is instead.
"""

import json
import sys

from docutils import nodes
from docutils.core import publish_doctree

QUIET = {"report_level": 5, "halt_level": 5, "file_insertion_enabled": False}


def part(node):
    if isinstance(node, nodes.Text):
        return ["text", node.astext()]
    if isinstance(node, nodes.reference):
        return ["reference", node.astext(), node.get("refuri")]
    return [node.tagname, node.astext()]


def parts(source):
    tree = publish_doctree(source, settings_overrides=QUIET)
    if len(tree.children) != 1 or not isinstance(tree[0], nodes.paragraph):
        return [["document", tree.pformat()]]
    return [part(child) for child in tree[0].children]


print(json.dumps([parts(source) for source in json.load(sys.stdin)]))
