"""Ways in which HTML tries to make a renderer fetch something; ``{u}`` is where it would knock."""

VECTORS = {
    "stylesheet": '<link rel=stylesheet href="{u}css">',
    "attached link": '<link rel=attachment href="{u}att">',
    "attached file": '<link rel=attachment href="file:///etc/passwd">',
    "attached by anchor": '<a rel=attachment href="file:///etc/hostname">a</a>',
    "import": "<style>@import url({u}imp);</style>",
    "import of a file": "<style>@import url(file:///etc/passwd);</style>",
    "font face": "<style>@font-face{{font-family:x;src:url({u}f)}}</style>",
    "local font": "<style>@font-face{{font-family:x;src:local('BIZ UDPGothic'),url({u}f)}}</style>",
    "background": "<style>body{{background:url({u}bg)}}</style>x",
    "page background": "<style>@page{{background:url({u}page)}}</style>x",
    "margin box": "<style>@page{{@top-left{{content:url({u}margin)}}}}</style>x",
    "list image": "<style>li{{list-style-image:url({u}li)}}</style><ul><li>y</ul>",
    "content": "<style>p::before{{content:url({u}content)}}</style><p>x",
    "border image": "<style>p{{border:1px solid;border-image:url({u}border) 1}}</style><p>x",
    "mask": "<style>p{{mask-image:url({u}mask)}}</style><p>x",
    "style attribute": '<p style="background:url({u}style)">x',
    "image": '<img src="{u}img">',
    "image of a file": '<img src="file:///etc/passwd">',
    "relative image": '<img src="../../../etc/passwd">',
    "base": '<base href="{u}"><img src="relative">',
    "image set": '<img srcset="{u}srcset 1x">',
    "object": '<object data="{u}object"></object>',
    "embed": '<embed src="{u}embed">',
    "frame": '<iframe src="{u}frame"></iframe>',
    "image button": '<input type=image src="{u}input">',
    "poster": '<video poster="{u}poster"></video>',
    "svg image": '<svg width="9" height="9"><image href="{u}svg" width="5" height="5"/></svg>',
    "svg use": '<svg width="9" height="9"><use href="{u}use#a"/></svg>',
    "svg style": '<svg width="9" height="9"><style>@import url({u}svgcss);</style></svg>',
    "svg fill": '<svg width="9" height="9"><rect width="5" fill="url({u}fill#a)"/></svg>',
    "svg in data": (
        "<img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage"
        " href='{u}nested' width='4' height='4'/%3E%3C/svg%3E\">"
    ),
    "data page": '<link rel=stylesheet href="data:text/css,@import url({u}data)">',
    "ftp": '<img src="ftp://127.0.0.1/x">',
}
# WeasyPrint 70 does not look at these at all, so there is nothing to refuse.
NOT_ATTEMPTED = {
    "mask",
    "image set",
    "frame",
    "image button",
    "poster",
    "svg use",
    "svg style",
    "svg fill",
}
# Refused too, but WeasyPrint cannot go on without the profile.
ENDS_THE_DOCUMENT = (
    "<style>@color-profile --x{{src:url({u}icc)}}p{{color:color(--x 1 1 1)}}</style><p>x"
)
