package dev.parley.socketio.sample;

record Person(String name) {}
