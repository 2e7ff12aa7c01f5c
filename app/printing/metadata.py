"""PDF/UA-1 declared inside a PDF/A-3a file: its mark, and the description that PDF/A asks of the mark."""

from __future__ import annotations

from typing import Any

_CLOSING = b"</rdf:RDF>"
_ACCESSIBLE = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Which part of ISO 14289 the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def declare_accessible(metadata: Any) -> None:
    """Make WeasyPrint's document metadata say PDF/UA-1 too, in the same block as PDF/A.

    WeasyPrint's own way to add metadata writes a second block, which PDF/A does not allow.
    """
    generate = metadata.generate_rdf_metadata

    def both(*arguments: object) -> bytes:
        written: bytes = generate(*arguments)
        return written.replace(_CLOSING, _ACCESSIBLE + _CLOSING)

    metadata.generate_rdf_metadata = both
