/** What the demos' web servers share: starting and stopping, the address, the front door, health answers and errors. */
@NullMarked
package io.github.lateststate.demo.web;

import org.jspecify.annotations.NullMarked;
