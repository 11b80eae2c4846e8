package dev.rendition.architecture.offence.awt;

import java.awt.Rectangle;

record Drawing(Rectangle frame) {}
